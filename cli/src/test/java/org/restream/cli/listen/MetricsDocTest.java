package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.Header;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.Promtool;
import org.restream.cli.testing.Scrape;
import org.restream.cli.tls.PemFolder;
import org.restream.metrics.RestreamMetrics;
import org.restream.testing.Docs;
import org.restream.testing.TestCa;

/** Holds docs/metrics.md, the alert rules and the dashboard to what is counted. */
class MetricsDocTest {
    private static final Pattern ROW =
            Pattern.compile("\\| (`(?:restream|process)\\.[^|]*) \\| ([^|]*) \\| ([^|]*)\\|.*");
    private static final Pattern CODE = Pattern.compile("`([a-z_.]+)`");
    private static final Pattern METRIC = Pattern.compile("\\b(?:restream|process)_[a-z_]+\\b");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
    private static final Path MONITORING = Docs.path("monitoring");

    @TempDir
    private Path folder;

    /** Each name, and its tags. */
    private static Map<String, Set<String>> documented() {
        Map<String, Set<String>> names = new TreeMap<>();
        for (String line : Docs.lines("metrics.md")) {
            ROW.matcher(line)
                    .results()
                    .forEach(row -> words(row.group(1)).forEach(name -> names.put(name, words(row.group(3)))));
        }
        return names;
    }

    private static Set<String> words(String cell) {
        return CODE.matcher(cell).results().map(word -> word.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void each_meter_of_the_module_is_documented_with_its_tags_and_no_other() {
        MeterRegistry registry = new SimpleMeterRegistry();
        assertThat(RestreamMetrics.server(registry)).isNotNull();
        assertThat(RestreamMetrics.client(registry)).isNotNull();
        assertThat(RestreamMetrics.session(registry)).isNotNull();
        assertThat(RestreamMetrics.uploads(registry)).isNotNull();
        Map<String, Set<String>> found = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            if (!meter.getId().getName().endsWith(".histogram")) {
                found.put(
                        meter.getId().getName(),
                        meter.getId().getTags().stream()
                                .map(Tag::getKey)
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        Map<String, Set<String>> ofModule = documented();
        ofModule.keySet().removeIf(name -> name.matches("(process|restream\\.(listen|tls|build))\\..*"));
        assertThat(ofModule).isEqualTo(found);
    }

    @Test
    void each_series_of_the_command_is_documented_and_the_rest_uses_only_such() throws Exception {
        Scrape all = scrapeOfAll();
        Map<String, Set<String>> documented = documented();
        for (String series : all.values().keySet()) {
            String name = series.replaceFirst("\\{.*", "");
            String meter = documented.keySet().stream()
                    .filter(each -> isOf(name, each))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is not in docs/metrics.md"));
            assertThat(labels(series)).as(series).isEqualTo(documented.get(meter));
        }
        assertThat(documented.keySet())
                .filteredOn(meter -> !meter.matches("restream\\.(client|session|uploads)\\..*"))
                .allSatisfy(meter -> assertThat(all.names()).as(meter).anyMatch(name -> isOf(name, meter)));
        assertThat(all.names()).containsAll(metricsIn("alerts.yml"));
        assertThat(all.names()).containsAll(metricsIn("dashboard.json"));
        assertThat(Promtool.run(Path.of("."), all.text(), "check", "metrics")).isEmpty();
    }

    /** With everything that can be shown. */
    private Scrape scrapeOfAll() throws Exception {
        TestCa ca = new TestCa();
        PemFolder files = new PemFolder(folder);
        files.write("ca.pem", ca.certificatePem());
        files.write("own", ca.issue("127.0.0.1"));
        try (ListenProcess listen = ListenProcess.run(
                Redirect.DISCARD,
                "--echo",
                "--sessions",
                "--cert",
                files.text("own.pem"),
                "--key",
                files.text("own.key"),
                "--client-ca",
                files.text("ca.pem"),
                "--metrics",
                "127.0.0.1:0")) {
            Scrape all = Scrape.of(Scrape.address(listen));
            assertThat(all.value("restream_tls_certificate_remaining_seconds{certificate=\"own\"}"))
                    .isPositive();
            return all;
        }
    }

    /** Whether Prometheus shows a meter under this name. */
    private static boolean isOf(String name, String meter) {
        return name.matches(
                meter.replace('.', '_') + "(_total|_seconds|_bytes_total|_files|_seconds_(count|sum|max|bucket))?");
    }

    private static Set<String> labels(String series) {
        Set<String> labels =
                LABEL.matcher(series).results().map(each -> each.group(1)).collect(Collectors.toSet());
        labels.remove("le");
        return new TreeSet<>(labels);
    }

    private static Set<String> metricsIn(String file) throws IOException {
        Set<String> found = METRIC.matcher(Files.readString(MONITORING.resolve(file)))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        assertThat(found).hasSizeGreaterThan(5);
        return found;
    }

    @Test
    void the_alert_rules_are_right_and_each_alert_is_tested() throws Exception {
        assertThat(Promtool.run(MONITORING, "", "check", "rules", "alerts.yml")).contains("SUCCESS");
        assertThat(Promtool.run(MONITORING, "", "test", "rules", "alerts-test.yml"))
                .contains("SUCCESS");
        String tests = Files.readString(MONITORING.resolve("alerts-test.yml"));
        List<String> alerts = Pattern.compile("alert: (\\w+)")
                .matcher(Files.readString(MONITORING.resolve("alerts.yml")))
                .results()
                .map(each -> each.group(1))
                .toList();
        assertThat(alerts)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(tests)
                        .contains("{eval_time: 30m, alertname: " + alert + ", exp_alerts: []}")
                        .contains("alertname: " + alert + "\n        exp_alerts:\n          - exp_labels"));
    }

    /** As rules, which promtool parses; Grafana puts its variables in before it asks. */
    @Test
    void each_expression_of_the_dashboard_can_be_parsed() throws Exception {
        Header dashboard = Header.parse(Files.readString(MONITORING.resolve("dashboard.json")));
        List<String> expressions = expressions(dashboard).toList();
        assertThat(expressions).hasSizeGreaterThan(20);
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("      - record: dashboard:").append(i).append("\n        expr: '");
            rules.append(expressions.get(i).replace("$__rate_interval", "5m")).append("'\n");
        }
        Path file = Files.writeString(folder.resolve("rules.yml"), rules);
        assertThat(Promtool.run(folder, "", "check", "rules", "--lint=none", file.toString()))
                .contains(expressions.size() + " rules found");
    }

    @Test
    void the_panels_of_the_dashboard_are_whole() throws Exception {
        Header dashboard = Header.parse(Files.readString(MONITORING.resolve("dashboard.json")));
        assertThat(dashboard).containsKeys("title", "uid", "schemaVersion", "templating", "time", "panels");
        assertThat((List<?>) dashboard.get("panels"))
                .isNotEmpty()
                .allSatisfy(panel -> assertThat((Map<?, ?>) panel)
                        .extracting(Map::keySet)
                        .asInstanceOf(InstanceOfAssertFactories.COLLECTION)
                        .contains("id", "type", "title", "gridPos", "datasource", "targets"))
                .extracting(panel -> ((Map<?, ?>) panel).get("id"))
                .doesNotHaveDuplicates();
    }

    private static Stream<String> expressions(Object json) {
        if (json instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .flatMap(field -> field.getKey().equals("expr")
                            ? Stream.of(String.valueOf(field.getValue()))
                            : expressions(field.getValue()));
        }
        return json instanceof List<?> list ? list.stream().flatMap(MetricsDocTest::expressions) : Stream.empty();
    }
}
