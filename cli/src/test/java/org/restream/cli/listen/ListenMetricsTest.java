package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.Promtool;
import org.restream.cli.testing.RawPeer;
import org.restream.cli.testing.Scrape;

/** {@code restream listen --metrics} in a process of its own. */
class ListenMetricsTest {
    private static final String AT = "127.0.0.1:0";
    /** For a minute: {@code -Dmetrics.load=60}. */
    private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("metrics.load", 2));

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void the_counts_are_those_of_whoever_makes_the_load() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        try (ListenProcess listen =
                ListenProcess.run(Redirect.DISCARD, "--reply", "ok", "--max-body", "1000", "--metrics", AT)) {
            InetSocketAddress metrics = Scrape.address(listen);
            MetricsLoad load = new MetricsLoad(listen.awaitAddress());
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Integer> scrapes = CompletableFuture.supplyAsync(() -> scrape(metrics, over));
            load.run(8, LOAD.toNanos(), seed);
            over.set(true);

            assertThat(scrapes.get()).isPositive();
            Awaitility.await("the last ends are counted")
                    .until(() -> Scrape.of(metrics).value("restream_server_connections_active") == 0);
            check(load, Scrape.of(metrics));
        }
    }

    /** Scrapes until it is over: what is counted never falls. */
    private static int scrape(InetSocketAddress metrics, AtomicBoolean over) {
        int count = 0;
        double last = 0;
        while (!over.get()) {
            try {
                Scrape now = Scrape.of(metrics);
                assertThat(now.value("restream_server_exchanges_total")).isGreaterThanOrEqualTo(last);
                last = now.value("restream_server_exchanges_total");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            count++;
        }
        return count;
    }

    private static void check(MetricsLoad load, Scrape now) throws Exception {
        System.out.println(load.connections + " connections, " + load.completed + " completed, " + load.refused
                + " refused, " + load.lost + " lost, " + load.withoutHeader + " without header, " + load.silent
                + " silent");
        String durations = "restream_server_exchange_duration_seconds_count";
        check(now, "restream_server_connections_total", load.connections.get());
        check(now, "restream_server_exchanges_total", load.connections.get());
        check(now, "restream_server_exchanges_active", 0);
        check(now, durations + "{outcome=\"completed\"}", load.completed.get());
        check(now, durations + "{outcome=\"refused\"}", load.refused.get());
        check(now, "restream_listen_refusals_total{reason=\"too_large\"}", load.refused.get());
        check(now, "restream_listen_refusals_total", load.refused.get());
        check(now, "restream_server_losses_total{cause=\"connection\"}", load.lost.get());
        check(now, "restream_server_losses_total", load.lost.get());
        check(now, "restream_server_connections_rejected_total{reason=\"header\"}", load.withoutHeader.get());
        check(now, "restream_server_connections_rejected_total{reason=\"empty\"}", load.silent.get());
        check(now, "restream_server_received_bytes_total", load.completedBytes.get() + 1_001 * load.refused.get());
        check(now, "restream_server_sent_bytes_total", 2 * load.completed.get());
        Promtool.run(Path.of("."), now.text(), "check", "metrics");
    }

    private static void check(Scrape now, String series, long count) {
        assertThat(now.value(series)).as(series).isEqualTo((double) count);
    }

    @Test
    void files_are_counted_and_health_follows_the_server() throws Exception {
        String output = Files.createDirectory(folder.resolve("stored")).toString();
        try (ListenProcess listen = ListenProcess.run(
                Redirect.DISCARD, "--output", output, "--host", "127.0.0.1", "--metrics", AT, "--grace", "20s")) {
            InetSocketAddress metrics = Scrape.address(listen);
            InetSocketAddress address = listen.awaitAddress();
            try (RawPeer peer = new RawPeer(address)) {
                assertThat(peer.say("{\"name\":\"a\"}\n\nbody").end().hear()).contains("\"sha256\"");
            }
            assertThat(Scrape.get(metrics, "/health").status()).isEqualTo(200);
            try (RawPeer peer = new RawPeer(address)) {
                peer.say("{\"name\":\"b\"}\n\nhalf");
                Awaitility.await().until(() -> Scrape.of(metrics).value("restream_listen_uploads_active") == 1);
                listen.signal("TERM");
                Awaitility.await().until(() -> Scrape.get(metrics, "/health").status() == 503);
                peer.end().hear();
            }
            assertThat(listen.exit()).isZero();
        }
    }

    @Test
    void a_command_that_fails_is_a_refusal_of_its_own() throws Exception {
        try (ListenProcess listen = ListenProcess.run(Redirect.DISCARD, "--exec", "exit 3", "--metrics", AT)) {
            InetSocketAddress metrics = Scrape.address(listen);
            try (RawPeer peer = new RawPeer(listen.awaitAddress())) {
                assertThat(peer.say("{}\n\n").end().hear()).contains("status 3");
            }
            check(Scrape.of(metrics), "restream_listen_refusals_total{reason=\"command\"}", 1);
            check(Scrape.of(metrics), "restream_server_handler_failures_total", 0);
        }
    }

    @Test
    void a_port_in_use_is_an_error_before_anything_is_accepted() throws Exception {
        try (ListenProcess first = ListenProcess.run(Redirect.DISCARD, "--echo", "--metrics", AT)) {
            int port = Scrape.address(first).getPort();
            try (ListenProcess second =
                    ListenProcess.run(Redirect.DISCARD, "--echo", "--metrics", "127.0.0.1:" + port)) {
                assertThat(second.exit()).isEqualTo(1);
                assertThat(second.lines())
                        .singleElement()
                        .asString()
                        .endsWith("can't serve metrics at 127.0.0.1, port " + port + ": Address already in use");
            }
        }
    }

    /** What is not asked for is not loaded. */
    @Test
    void without_the_option_none_of_its_classes_are_loaded() throws Exception {
        assertThat(loaded("--echo", "--once")).noneMatch(ListenMetricsTest::isOfMetrics);
        assertThat(loaded("--echo", "--once", "--metrics", AT)).anyMatch(ListenMetricsTest::isOfMetrics);
    }

    private static boolean isOfMetrics(String line) {
        return line.contains(" io.micrometer.")
                || line.contains(" com.sun.net.httpserver.")
                || line.contains(" org.restream.metrics.")
                || line.contains(" org.restream.cli.metrics.");
    }

    private List<String> loaded(String... arguments) throws Exception {
        Path log = folder.resolve("classes.log");
        try (ListenProcess listen = ListenProcess.withJvmOption("-Xlog:class+load=info:file=" + log, arguments)) {
            try (RawPeer peer = new RawPeer(listen.awaitAddress())) {
                assertThat(peer.say("{}\n\n").end().hear()).isEqualTo("{}\n\n");
            }
            assertThat(listen.exit()).isZero();
        }
        return Files.readAllLines(log);
    }
}
