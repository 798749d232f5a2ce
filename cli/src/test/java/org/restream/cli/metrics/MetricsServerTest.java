package org.restream.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.ServerEvent;
import org.restream.cli.testing.RawPeer;
import org.restream.cli.testing.Scrape;

/** The HTTP server of {@code listen --metrics}. */
class MetricsServerTest {
    private static final class Counts implements Exporter {
        @Override
        public void count(ServerEvent event) {}

        @Override
        public Runnable counter(String name, String description, String... tags) {
            return () -> {};
        }

        @Override
        public void gauge(String name, String description, DoubleSupplier value, String... tags) {}

        @Override
        public void seconds(String name, String description, DoubleSupplier value, String... tags) {}

        @Override
        public Page page(@Nullable String accept) {
            return new Page("text/x-test", ("for " + accept).getBytes(StandardCharsets.UTF_8));
        }
    }

    private final Health health = new Health(() -> 0);
    private MetricsServer server;

    @BeforeEach
    void start() throws IOException {
        server = MetricsServer.start("127.0.0.1", 0, new Counts(), health);
        health.heard(new ServerEvent.Listening(new InetSocketAddress(1)));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /metrics, 200",
        "HEAD, /metrics, 200",
        "GET, /metrics?name=x, 200",
        "GET, /health, 200",
        "HEAD, /health, 200",
        "GET, /, 404",
        "GET, /metrics/, 404",
        "GET, /other, 404",
        "POST, /metrics, 405",
        "DELETE, /other, 405",
        "OPTIONS, /health, 405",
    })
    void there_are_two_pages_to_get(String method, String path, int status) throws Exception {
        Scrape.Answer answer = Scrape.send(server.address(), method, path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().isEmpty()).isEqualTo(method.equals("HEAD"));
        assertThat(answer.allow()).isEqualTo(status == 405 ? "GET, HEAD" : null);
    }

    @Test
    void head_says_what_get_would_send() throws Exception {
        Scrape.Answer answer = Scrape.send(server.address(), "HEAD", "/metrics");
        assertThat(answer.type()).isEqualTo("text/x-test");
        assertThat(answer.length())
                .isEqualTo(Scrape.get(server.address(), "/metrics").length())
                .isPositive();
    }

    @Test
    void health_is_503_with_the_reason() throws Exception {
        assertThat(Scrape.get(server.address(), "/health").body()).isEqualTo("ok\n");
        health.stopping();
        Scrape.Answer answer = Scrape.get(server.address(), "/health");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("it is stopping\n");
    }

    @Test
    void who_is_slow_to_ask_delays_nobody() throws Exception {
        List<RawPeer> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                slow.add(new RawPeer(server.address()).say("GET /metrics HT"));
            }
            assertThat(Scrape.get(server.address(), "/metrics").status()).isEqualTo(200);
        } finally {
            for (RawPeer peer : slow) {
                peer.close();
            }
        }
    }

    /** There are no more threads than there may be; they are free again when the time of the slow is over. */
    @Test
    void however_many_are_slow_their_time_ends() throws Exception {
        List<RawPeer> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                slow.add(new RawPeer(server.address()).say("GET /metrics HT"));
            }
            Awaitility.await()
                    .ignoreExceptions()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Scrape.get(server.address(), "/metrics").status() == 200);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("restream-metrics"))
                    .hasSizeLessThanOrEqualTo(16);
        } finally {
            for (RawPeer peer : slow) {
                peer.close();
            }
        }
    }

    @Test
    void a_port_in_use_is_named() {
        int port = server.address().getPort();
        assertThatThrownBy(() -> MetricsServer.start("127.0.0.1", port, new Counts(), health))
                .isInstanceOf(BindException.class)
                .hasMessage("can't serve metrics at 127.0.0.1, port " + port + ": Address already in use");
    }

    @Test
    void a_name_that_is_unknown_is_named() {
        assertThatThrownBy(() -> MetricsServer.start("no-such-host.invalid", 0, new Counts(), health))
                .isInstanceOf(IOException.class)
                .hasMessage("can't serve metrics at no-such-host.invalid: the name is unknown");
    }
}
