package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.NeverStartedException;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.testing.NodePeer;
import org.restream.testing.Raw;
import org.restream.testing.ReservedPort;

/** Sessions beside plain peers on one port, and against servers that know no sessions. */
class SessionPeersTest {
    private static final RestreamServer.Handler ECHO =
            (req, res) -> res.header(req.header()).end(req.readText());

    private static Throwable thrown(RestreamSession session) throws Exception {
        CompletableFuture<String> answer = session.exchangeAsync((req, res) -> {
            req.end("question");
            return res.readText();
        });
        // 5 s for the first line, and some
        Throwable thrown = catchThrowable(() -> answer.get(8, TimeUnit.SECONDS));
        assertThat(thrown).isNotNull();
        return thrown.getCause();
    }

    private static ClientOptions to(String address) {
        return ClientOptions.defaults().servers(address);
    }

    @Test
    void a_server_without_sessions_says_so_and_goes_on() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (RestreamServer server = Restream.createServer(ServerOptions.defaults(), (req, res) -> {
                    calls.incrementAndGet();
                    ECHO.handle(req, res);
                })
                .listen(0)) {
            String address = "127.0.0.1:" + server.address().getPort();
            try (RestreamSession session = Restream.createSession(to(address))) {
                assertThat(thrown(session))
                        .isInstanceOf(NeverStartedException.class)
                        .hasMessageContaining(address)
                        .hasMessageContaining("session");
            }
            assertThat(plain(server)).isEqualTo("plain");
        }
    }

    private static String plain(RestreamServer server) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (RestreamClient client =
                Restream.createClient(to("127.0.0.1:" + server.address().getPort()), (req, res) -> {
                    req.header("a", 1).end("plain");
                    answer.complete(res.readText());
                })) {
            client.completion().get(10, TimeUnit.SECONDS);
        }
        return answer.get();
    }

    @Test
    void a_server_that_says_nothing_is_left_with_a_fin() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            try (RestreamSession session = Restream.createSession(to("127.0.0.1:" + silent.getLocalPort()))) {
                try (Socket accepted = silent.accept()) {
                    accepted.setSoTimeout(10_000);
                    CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> heard(accepted));
                    assertThat(thrown(session))
                            .isInstanceOf(NeverStartedException.class)
                            .hasMessageContaining("said nothing for 5 s");
                    assertThat(heard.get(10, TimeUnit.SECONDS))
                            .startsWith("restream/1 new {")
                            .doesNotContain("\n\n")
                            .endsWith("}\n");
                }
            }
        }
    }

    /** Up to a FIN; a reset is told. */
    private static String heard(Socket from) {
        try (InputStream in = from.getInputStream()) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    @Test
    void a_server_of_something_else_is_told_of() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try (Socket accepted = other.accept()) {
                    accepted.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    accepted.shutdownOutput();
                    accepted.getInputStream().readAllBytes();
                } catch (java.io.IOException e) {
                    // the test has ended
                }
            });
            thread.setDaemon(true);
            thread.start();
            CompletableFuture<Void> failed = new CompletableFuture<>();
            ClientOptions options = to("127.0.0.1:" + other.getLocalPort()).listener(event -> {
                if (event instanceof ClientEvent.Waiting) {
                    failed.complete(null);
                }
            });
            try (RestreamSession session = Restream.createSession(options)) {
                assertThat(thrown(session))
                        .isInstanceOf(NeverStartedException.class)
                        .hasMessageContaining("speaks no sessions");
                // also who asks only now need not wait for the next attempt
                failed.get(10, TimeUnit.SECONDS);
                assertThat(thrown(session))
                        .isInstanceOf(NeverStartedException.class)
                        .hasMessageContaining("speaks no sessions");
            }
        }
    }

    @Test
    void a_node_server_lives_on() throws Exception {
        try (NodePeer node = NodePeer.start("server")) {
            String address = "127.0.0.1:" + node.result().getLong("port");
            try (RestreamSession session = Restream.createSession(to(address))) {
                assertThat(thrown(session)).isInstanceOf(NeverStartedException.class);
            }
            CompletableFuture<Header> answer = new CompletableFuture<>();
            try (RestreamClient client = Restream.createClient(to(address), (req, res) -> {
                req.header(Header.of("do", "send", "seed", 1, "length", 5)).end();
                answer.complete(res.header());
                res.readAllBytes();
            })) {
                client.completion().get(10, TimeUnit.SECONDS);
            }
            assertThat(answer.get()).isEqualTo(Header.of("did", "send"));
        }
    }

    @Test
    void plain_peers_notice_nothing_of_sessions_on_their_port() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            assertThat(plain(pair.server)).isEqualTo("plain");
            try (Raw raw = new Raw(pair.server.address())) {
                assertThat(raw.say("{\"a\":1}\n\nbody").end().hear()).isEqualTo("{\"a\":1}\n\nbody");
            }
            try (Raw raw = new Raw(pair.server.address())) {
                assertThat(raw.say(" \n\t{\"a\":1}\n\nbody").end().hear()).isEqualTo("{\"a\":1}\n\nbody");
            }
            try (Raw raw = new Raw(pair.server.address())) {
                assertThat(raw.say("{").say("\"a\":1}\n\nbody").end().hear()).isEqualTo("{\"a\":1}\n\nbody");
            }
            for (String wrong : new String[] {"x", "\u0016\u0003\u0001", "GET / HTTP/1.1\r\n\r\n"}) {
                try (Raw raw = new Raw(pair.server.address())) {
                    assertThat(raw.say(wrong).end().hear()).isEqualTo("reset");
                }
            }
        }
    }

    @Test
    void a_plain_peer_that_listens_first_is_served() throws Exception {
        try (SessionPair pair = SessionPair.of((req, res) -> {
                    res.header("first", true);
                    res.flush();
                    res.end(req.readText());
                });
                Raw raw = new Raw(pair.server.address())) {
            Raw silent = raw;
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> {
                try {
                    return silent.hear();
                } catch (java.io.IOException e) {
                    return e.toString();
                }
            });
            pair.atServer.await(org.restream.ServerEvent.Accepted.class);
            raw.say("{}\n\nlate").end();
            assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("{\"first\":true}\n\nlate");
        }
    }

    @Test
    void the_empty_message_of_a_plain_peer_stays_what_it_is() throws Exception {
        try (SessionPair pair = SessionPair.of(
                        SessionPair.options(SessionLimits.defaults()).allowEmptyRequest(false), ECHO);
                Raw raw = new Raw(pair.server.address())) {
            raw.end().hear();
            pair.atServer.await(org.restream.ServerEvent.NoRequest.class);
        }
    }

    @Test
    void clients_and_servers_start_in_any_order_and_the_first_server_that_is_there_is_taken() throws Exception {
        try (ReservedPort port = new ReservedPort("0.0.0.0");
                RestreamSession session = Restream.createSession(ClientOptions.defaults()
                        .servers("127.0.9.68:" + port.number(), "127.0.9.69:" + port.number())
                        .retryDelay(Duration.ofMillis(10)))) {
            CompletableFuture<String> answer = session.exchangeAsync((req, res) -> {
                req.end("question");
                return res.readText();
            });
            try (RestreamServer server = Restream.createServer(SessionPair.options(SessionLimits.defaults()), ECHO)
                    .listen("127.0.9.69", port.number())) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("question");
                assertThat(session.state()).isEqualTo(RestreamSession.State.CONNECTED);
                assertThat(server.isListening()).isTrue();
            }
        }
    }
}
