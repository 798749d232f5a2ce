package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.testing.Events;
import org.restream.testing.Raw;

/** The limits of a server, and how it rejects what exceeds them. */
class ServerLimitsTest {
    private final Events<ServerEvent> events = new Events<>();

    private RestreamServer listen(ServerOptions options, RestreamServer.Handler handler) throws Exception {
        return Restream.createServer(options.listener(events), handler).listen(0);
    }

    @Test
    void beyond_maxConnections_clients_wait_and_none_is_dropped() throws Exception {
        Semaphore mayEnd = new Semaphore(0);
        CountDownLatch twoRun = new CountDownLatch(2);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (RestreamServer server = listen(ServerOptions.defaults().maxConnections(2), (req, res) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            twoRun.countDown();
            mayEnd.acquire();
            running.decrementAndGet();
            res.write("served");
        })) {
            List<Raw> clients = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                clients.add(new Raw(server.address()).say("{}\n\n").end());
            }
            assertThat(twoRun.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(events.all(ServerEvent.Accepted.class)).hasSize(2);
            mayEnd.release(6);
            for (Raw client : clients) {
                assertThat(client.hear()).isEqualTo("{}\n\nserved");
                client.close();
            }
        }
        assertThat(most).hasValue(2);
        assertThat(events.all(ServerEvent.Completed.class)).hasSize(6);
    }

    @Test
    void beyond_maxConnectionsPerAddress_one_more_is_reset_at_once_until_one_has_ended() throws Exception {
        try (RestreamServer server = listen(
                        ServerOptions.defaults().maxConnectionsPerAddress(2),
                        (req, res) -> res.header("got", req.header()));
                Raw first = new Raw(server.address());
                Raw second = new Raw(server.address())) {
            events.await(ServerEvent.Accepted.class);
            events.await(ServerEvent.Accepted.class);
            try (Raw third = new Raw(server.address())) {
                assertThat(third.hear()).isEqualTo("reset");
            }
            assertThat(events.await(ServerEvent.Rejected.class).cause())
                    .isInstanceOf(RestreamException.class)
                    .hasMessage("127.0.0.1 has 2 connections already (maxConnectionsPerAddress)");
            assertThat(events.all(ServerEvent.Accepted.class)).hasSize(2);
            assertThat(first.say("{}\n\n").end().hear()).isEqualTo("{\"got\":{}}\n\n");
            // the client sees the end before the server has counted it
            await().untilAsserted(() -> served(server));
            assertThat(second.end().hear()).isEqualTo("{\"got\":{}}\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"half\""})
    void a_header_that_comes_too_late_is_rejected_by_a_reset(String said) throws Exception {
        try (RestreamServer server = listen(
                        ServerOptions.defaults().headerTimeout(Duration.ofMillis(200)), (req, res) -> req.header());
                Raw raw = new Raw(server.address())) {
            raw.say(said);
            assertThat(raw.hear()).isEqualTo("reset");
            assertThat(events.await(ServerEvent.Rejected.class).cause())
                    .isInstanceOf(MalformedHeaderException.class)
                    .hasMessageContaining("200 ms")
                    .hasMessageContaining(said.length() + " bytes");
        }
    }

    @Test
    void headerTimeout_is_over_when_the_header_is_there() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (RestreamServer server =
                        listen(ServerOptions.defaults().headerTimeout(Duration.ofMillis(200)), (req, res) -> {
                            req.header();
                            mayEnd.await();
                        });
                Raw slow = new Raw(server.address()).say("{}\n\n")) {
            // this connection's own time-out shows that enough time has passed
            try (Raw late = new Raw(server.address())) {
                assertThat(late.hear()).isEqualTo("reset");
            }
            mayEnd.countDown();
            assertThat(slow.end().hear()).isEqualTo("{}\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_write_to_a_peer_that_never_reads_is_ended_by_idleTimeout(int style) throws Exception {
        try (RestreamServer server =
                        listen(ServerOptions.defaults().idleTimeout(Duration.ofMillis(200)), (req, res) -> {
                            if (style == 1) {
                                req.onEnd(() -> {});
                            }
                            while (true) {
                                res.write(new byte[100_000]);
                            }
                        });
                Raw raw = new Raw(server.address()).say("{}\n\n")) {
            ServerEvent.Failed failed = events.await(ServerEvent.Failed.class);
            assertThat(failed.cause())
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining("idleTimeout");
            assertThat(failed.bytesSent()).isPositive();
            assertThat(raw.hear()).endsWith("reset");
        }
    }

    @Test
    void a_header_that_is_too_long_is_rejected_and_the_next_client_served() throws Exception {
        try (RestreamServer server =
                listen(ServerOptions.defaults().maxHeaderBytes(100), (req, res) -> res.header("got", req.header()))) {
            rejected(server, "{\"long\":\"" + "x".repeat(1_000), HeaderTooLargeException.class, "100 bytes");
            served(server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\n\n", "[]\n\n", "{]\n\n", "\n\n", "{\"a\":1", "\u0000\n\n", "{}{}\n\n"})
    void what_is_no_header_is_rejected_and_the_next_client_served(String said) throws Exception {
        try (RestreamServer server = listen(ServerOptions.defaults(), (req, res) -> res.header("got", req.header()))) {
            rejected(server, said, MalformedHeaderException.class, "");
            served(server);
        }
    }

    private void rejected(RestreamServer server, String said, Class<?> cause, String gist) throws Exception {
        try (Raw raw = new Raw(server.address())) {
            raw.say(said).end();
            assertThat(raw.hear()).isEqualTo("reset");
        }
        assertThat(events.await(ServerEvent.Rejected.class).cause())
                .isInstanceOf(cause)
                .hasMessageContaining(gist);
    }

    private static void served(RestreamServer server) throws Exception {
        try (Raw raw = new Raw(server.address())) {
            assertThat(raw.say("{\"a\":1}\n\n").end().hear()).isEqualTo("{\"got\":{\"a\":1}}\n\n");
        }
    }

    @Test
    void connections_that_are_broken_when_they_are_accepted_harm_no_other() throws Exception {
        try (RestreamServer server =
                listen(ServerOptions.defaults().maxConnections(1), (req, res) -> res.header("got", req.header()))) {
            for (int i = 0; i < 50; i++) {
                try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort())) {
                    socket.setSoLinger(true, 0);
                }
            }
            served(server);
        }
    }
}
