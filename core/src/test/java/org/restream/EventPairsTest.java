package org.restream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.RestreamServer.Handler;

/** Whoever counts events finds an end for each beginning, whatever happens, and the kind of each failure. */
class EventPairsTest {
    private final Queue<ServerEvent> events = new ConcurrentLinkedQueue<>();
    private final Queue<ClientEvent> heard = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private RestreamServer server;

    @BeforeEach
    void listen() throws IOException {
        Handler handler = (req, res) -> {
            switch (String.valueOf(req.header().get("do"))) {
                case "refuse" -> throw new Refusal("no");
                case "throw" -> throw new IllegalStateException("a bug of the test");
                case "wait" -> end.await();
                default -> res.end(req.readText());
            }
        };
        ServerOptions options = ServerOptions.defaults()
                .port(0)
                .maxConnectionsPerAddress(2)
                .allowEmptyRequest(false)
                .closeGrace(Duration.ZERO)
                .sessions(SessionLimits.defaults())
                .listener(events::add);
        server = Restream.createServer(options, handler).listen();
    }

    @AfterEach
    void close() {
        end.countDown();
        server.close();
    }

    private ClientOptions where() {
        return ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .maxFailures(1)
                .listener(heard::add);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", server.address().getPort()));
        return socket;
    }

    private void say(String text) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            assertThat(e).as("how the server ends it").hasMessageContaining("reset");
        }
    }

    private <T> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private <T> List<T> allHeard(Class<T> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Each pair that {@link ServerEvent} promises, once the server is closed. */
    private void checkPairs() {
        server.close();
        assertThat(all(ServerEvent.Disconnected.class))
                .extracting(ServerEvent.Disconnected::peer)
                .containsExactlyInAnyOrderElementsOf(all(ServerEvent.Accepted.class).stream()
                        .map(ServerEvent.Accepted::peer)
                        .toList());
        assertThat(ended())
                .containsExactlyInAnyOrderElementsOf(all(ServerEvent.Began.class).stream()
                        .map(ServerEvent.Began::exchange)
                        .toList());
        assertThat(all(ServerEvent.SessionEnded.class))
                .extracting(ServerEvent.SessionEnded::session)
                .containsExactlyInAnyOrderElementsOf(all(ServerEvent.SessionOpened.class).stream()
                        .map(ServerEvent.SessionOpened::session)
                        .toList());
        assertThat(List.copyOf(events)).last().isInstanceOf(ServerEvent.Closed.class);
    }

    private List<Long> ended() {
        return events.stream()
                .map(EventPairsTest::ended)
                .filter(number -> number > 0)
                .toList();
    }

    /** The number of the exchange that an event ends, or 0. */
    private static long ended(ServerEvent event) {
        if (event instanceof ServerEvent.Completed done) {
            return done.exchange();
        } else if (event instanceof ServerEvent.Failed failed) {
            return failed.exchange();
        } else if (event instanceof ServerEvent.Rejected no) {
            return no.exchange();
        }
        return event instanceof ServerEvent.NoRequest none ? none.exchange() : 0;
    }

    private void checkClientPairs() {
        long ends = heard.stream()
                .filter(event -> event instanceof ClientEvent.Completed
                        || event instanceof ClientEvent.Lost
                        || event instanceof ClientEvent.Aborted)
                .count();
        assertThat(ends).isEqualTo(allHeard(ClientEvent.Connected.class).size());
        assertThat(allHeard(ClientEvent.SessionEnded.class)).hasSameSizeAs(allHeard(ClientEvent.SessionOpened.class));
    }

    @Test
    void a_completed_exchange_has_a_duration() throws Exception {
        RestreamClient client = Restream.createClient(where(), (req, res) -> {
            req.end("four");
            assertThat(res.readText()).isEqualTo("four");
        });
        client.completion().get(30, SECONDS);
        // The client can be done first: a server that is closed in between rightly says that it cut the exchange.
        Awaitility.await().until(() -> ended().size() == 1);

        checkPairs();
        checkClientPairs();
        assertThat(all(ServerEvent.Completed.class)).singleElement().satisfies(done -> {
            assertThat(done.bytes()).isEqualTo(8);
            assertThat(done.duration()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(30));
        });
        assertThat(allHeard(ClientEvent.Completed.class))
                .singleElement()
                .satisfies(done -> assertThat(done.duration()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(30)));
    }

    @Test
    void whoever_finds_a_failure_says_its_kind() throws Exception {
        say("");
        say("no header\n\n");
        say("{\"do\":\"refuse\"}\n\n");
        say("{\"do\":\"throw\"}\n\n");
        try (Socket cut = connect()) {
            cut.getOutputStream().write("{\"do\":\"echo\"}\n\nhalf".getBytes(StandardCharsets.UTF_8));
            Awaitility.await().until(() -> all(ServerEvent.Began.class).size() == 5);
            cut.setSoLinger(true, 0);
        }
        Awaitility.await().until(() -> ended().size() == 5);

        checkPairs();
        assertThat(all(ServerEvent.NoRequest.class)).hasSize(1);
        assertThat(all(ServerEvent.Rejected.class))
                .extracting(ServerEvent.Rejected::kind)
                .containsExactly(FailureKind.HEADER);
        assertThat(all(ServerEvent.Failed.class))
                .extracting(ServerEvent.Failed::kind)
                .containsExactlyInAnyOrder(FailureKind.REFUSED, FailureKind.HANDLER, FailureKind.CONNECTION);
    }

    @Test
    void a_connection_too_many_has_no_exchange() throws Exception {
        try (Socket one = connect();
                Socket two = connect()) {
            assertThat(one.isConnected() && two.isConnected()).isTrue();
            Awaitility.await().until(() -> all(ServerEvent.Accepted.class).size() == 2);
            say("{}\n\n");
            Awaitility.await().until(() -> all(ServerEvent.Rejected.class).size() == 1);
        }
        checkPairs();
        assertThat(all(ServerEvent.Accepted.class)).hasSize(2);
        assertThat(all(ServerEvent.Rejected.class))
                .anySatisfy(no -> assertThat(no.kind()).isEqualTo(FailureKind.ADDRESS_LIMIT))
                .filteredOn(no -> no.kind() == FailureKind.ADDRESS_LIMIT)
                .extracting(ServerEvent.Rejected::exchange)
                .containsExactly(0L);
    }

    @Test
    void a_server_that_is_closed_ends_what_runs() throws Exception {
        RestreamClient client = Restream.createClient(where(), (req, res) -> {
            req.header("do", "wait").end();
            res.readText();
        });
        Awaitility.await().until(() -> all(ServerEvent.Began.class).size() == 1);

        checkPairs();
        assertThat(all(ServerEvent.Failed.class))
                .extracting(ServerEvent.Failed::kind)
                .containsExactly(FailureKind.CLOSED);
        assertThatThrownBy(() -> client.completion().get(30, SECONDS)).hasCauseInstanceOf(IOException.class);
        checkClientPairs();
    }

    @Test
    void a_client_whose_handler_throws_says_what_it_has_sent() {
        RestreamClient client = Restream.createClient(where(), (req, res) -> {
            req.write("four");
            req.flush();
            throw new IllegalStateException("a bug of the test");
        });
        assertThatThrownBy(() -> client.completion().get(30, SECONDS)).hasCauseInstanceOf(IllegalStateException.class);

        assertThat(allHeard(ClientEvent.Aborted.class)).singleElement().satisfies(own -> {
            assertThat(own.kind()).isEqualTo(FailureKind.HANDLER);
            assertThat(own.bytesSent()).isEqualTo(4);
        });
        checkClientPairs();
        checkPairs();
    }

    @Test
    void a_client_that_is_closed_ends_what_runs() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        RestreamClient client = Restream.createClient(where().session(SessionMode.REQUIRED), (req, res) -> {
            req.header("do", "wait").flush();
            runs.complete(null);
            res.readText();
        });
        runs.get(30, SECONDS);
        client.close();

        assertThat(allHeard(ClientEvent.Aborted.class))
                .extracting(ClientEvent.Aborted::kind)
                .containsExactly(FailureKind.CLOSED);
        assertThat(allHeard(ClientEvent.SessionOpened.class)).hasSize(1);
        checkClientPairs();
        checkPairs();
    }

    @Test
    void exchanges_of_a_session_have_a_pair_of_their_own() throws Exception {
        try (RestreamSession session = Restream.createSession(where())) {
            session.exchange((req, res) -> {
                req.end("four");
                return res.readText();
            });
            assertThatThrownBy(() -> session.exchange((req, res) -> {
                        req.header("do", "refuse").end();
                        return res.readText();
                    }))
                    .isInstanceOf(RefusedException.class);
        }
        assertThat(allHeard(ClientEvent.ExchangeBegan.class)).hasSize(2);
        assertThat(allHeard(ClientEvent.ExchangeEnded.class))
                .extracting(ClientEvent.ExchangeEnded::kind)
                .containsExactly(null, FailureKind.REFUSED);
        assertThat(allHeard(ClientEvent.ExchangeEnded.class).get(0).bytesReceived())
                .isEqualTo(4);
        assertThat(allHeard(ClientEvent.SessionOpened.class)).hasSize(1);
        assertThat(allHeard(ClientEvent.SessionEnded.class)).hasSize(1);
        checkPairs();
    }
}
