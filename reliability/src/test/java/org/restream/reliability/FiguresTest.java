package org.restream.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares docs/reliability.md with the tests: each test that it names must exist, and a test must make each figure.
 */
class FiguresTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
    private static final Pattern RECORDED = Pattern.compile("Figures\\.record\\(\\s*\"([a-z0-9-]+)\"");
    private static final List<String> HEAD = List.of("| promise | test | figure |", "| --- | --- | --- |");

    @Test
    void each_test_that_the_document_names_is_there() throws IOException {
        assertThat(TEST.matcher(document()).results().map(test -> test.group(1)))
                .isNotEmpty()
                .isSubsetOf(sources().keySet());
    }

    @Test
    void each_figure_of_the_document_is_made_by_a_test() throws IOException {
        String all = String.join("\n", sources().values());
        assertThat(Figures.keys(document())).allMatch(key -> all.contains('"' + key + '"'), "is recorded by a test");
    }

    @Test
    void each_figure_that_a_test_makes_is_in_the_document() throws IOException {
        String all = String.join("\n", sources().values());
        assertThat(Figures.keys(document()))
                .containsAll(RECORDED.matcher(all)
                        .results()
                        .map(call -> call.group(1))
                        .toList());
    }

    @Test
    void each_promise_names_a_test() throws IOException {
        assertThat(document().lines().filter(line -> line.startsWith("| ") && !HEAD.contains(line)))
                .isNotEmpty()
                .allMatch(row -> TEST.matcher(row.split("\\|")[2]).find(), "names a test");
    }

    @Test
    void the_document_says_where_its_figures_were_made() {
        Figures.record(
                "machine",
                "on %s, on a machine of %d processors with %s %s, by Java %s"
                        .formatted(
                                LocalDate.now(ZoneOffset.UTC),
                                Runtime.getRuntime().availableProcessors(),
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                Runtime.version()));
    }

    private static String document() throws IOException {
        return Files.readString(ROOT.resolve("docs/reliability.md"));
    }

    /** The tests of all modules, by name. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("core", "files", "cli", "examples", "reliability")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> sources.put(name(file), text(file)));
            }
        }
        return sources;
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
