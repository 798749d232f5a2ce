package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.restream.RestreamClient.State;
import org.restream.testing.Events;
import org.restream.testing.FullBacklog;
import org.restream.testing.Logs;
import org.restream.testing.ReservedPort;

/** A client over sockets, when nobody closes it. */
class ClientTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Events<ClientEvent> events = new Events<>();

    private ClientOptions to(int port) {
        return ClientOptions.defaults()
                .servers("127.0.0.1:" + port)
                .retryDelay(LONG)
                .listener(events);
    }

    private static void complete(RestreamClient client) throws Exception {
        client.completion().get(30, TimeUnit.SECONDS);
    }

    @Test
    void it_may_start_before_its_server() throws Exception {
        RestreamClient client;
        try (ReservedPort port = new ReservedPort()) {
            client = Restream.createClient(to(port.number()), (req, res) -> {
                req.header("hello", "alice").end("from before");
                assertThat(res.readText()).isEqualTo("from before");
            });
            ClientEvent.Waiting waiting = events.await(ClientEvent.Waiting.class);
            assertThat(waiting).isEqualTo(new ClientEvent.Waiting(waiting.server(), 2, 1, LONG));
            assertThat(client.state()).isEqualTo(State.WAITING);
            assertThat(client.completion()).isNotDone();
            try (RestreamServer server =
                    Restream.createServer((req, res) -> req.transferTo(res)).listen(port.number())) {
                client.retryNow();
                complete(client);
            }
        }
        assertThat(client.state()).isEqualTo(State.CLOSED);
        assertThat(events.names())
                .containsExactly("Connecting", "Failed", "Waiting", "Connecting", "Connected", "Completed", "Closed");
    }

    @Test
    void without_a_handler_it_sends_an_empty_header_and_drops_the_response() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (RestreamServer server = Restream.createServer((req, res) -> {
                    heard.complete(req.header() + req.readText());
                    res.write(new byte[1_000_000]);
                })
                .listen(0)) {
            complete(Restream.createClient(to(server.address().getPort())));
        }
        assertThat(heard.get()).isEqualTo("{}");
        assertThat(events.await(ClientEvent.Completed.class).bytes()).isEqualTo(1_000_000);
    }

    @Test
    void its_state_follows_the_events() throws Exception {
        CompletableFuture<State> inHandler = new CompletableFuture<>();
        CompletableFuture<RestreamClient> self = new CompletableFuture<>();
        try (RestreamServer server = Restream.createServer().listen(0)) {
            RestreamClient client = Restream.createClient(to(server.address().getPort()), (req, res) -> {
                inHandler.complete(self.get().state());
            });
            self.complete(client);
            complete(client);
            assertThat(inHandler).isCompletedWithValue(State.CONNECTED);
            assertThat(client.state()).isEqualTo(State.CLOSED);
        }
        try (FullBacklog silent = new FullBacklog();
                RestreamClient client = Restream.createClient(to(1).servers(silent.address()))) {
            assertThat(client.state()).isEqualTo(State.CONNECTING);
        }
    }

    @Test
    void connectTimeout_ends_an_attempt_that_is_not_answered() throws Exception {
        try (FullBacklog silent = new FullBacklog();
                RestreamClient client =
                        Restream.createClient(to(1).servers(silent.address()).connectTimeout(Duration.ofMillis(200)))) {
            ClientEvent.Failed failed = events.await(ClientEvent.Failed.class);
            assertThat(failed.cause()).hasMessageContaining(silent.address()).hasMessageContaining("200 ms");
        }
    }

    @Test
    void after_maxFailures_it_gives_up_and_says_of_what() throws Exception {
        try (ReservedPort nobody = new ReservedPort()) {
            RestreamClient client = Restream.createClient(
                    to(nobody.number()).retryDelay(Duration.ZERO).maxFailures(3));
            assertThatThrownBy(() -> complete(client))
                    .hasCauseInstanceOf(GaveUpException.class)
                    .hasMessageContaining(nobody.address())
                    .hasMessageContaining("Connection refused");
        }
        assertThat(events.names()).endsWith("Failed", "GaveUp", "Closed");
    }

    @Test
    void a_handlers_own_exception_is_the_clients_end_and_resets_the_peer() throws Exception {
        RuntimeException bug = new IllegalStateException("a bug");
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        try (RestreamServer server = Restream.createServer((req, res) -> {
                    try {
                        req.readAllBytes();
                    } catch (ConnectionLostException e) {
                        seen.complete(e);
                    }
                })
                .listen(0)) {
            RestreamClient client = Restream.createClient(to(server.address().getPort()), (req, res) -> {
                req.write("half");
                req.flush();
                throw bug;
            });
            assertThatThrownBy(() -> complete(client)).hasCause(bug);
            assertThat(seen.get(30, TimeUnit.SECONDS)).isInstanceOf(ConnectionLostException.class);
        }
        assertThat(events.names()).containsExactly("Connecting", "Connected", "GaveUp", "Closed");
    }

    @Test
    void an_event_listener_that_throws_changes_nothing() throws Exception {
        try (Logs logs = Logs.catchAll();
                RestreamServer server = Restream.createServer().listen(0)) {
            complete(Restream.createClient(to(server.address().getPort()).listener(event -> {
                events.accept(event);
                throw new IllegalStateException("from the listener");
            })));
            assertThat(logs.thrown()).hasSize(4);
        }
        assertThat(events.names()).containsExactly("Connecting", "Connected", "Completed", "Closed");
    }

    @Test
    void ALWAYS_goes_on_until_it_is_closed_and_ends_normally() throws Exception {
        CountDownLatch ten = new CountDownLatch(10);
        try (RestreamServer server = Restream.createServer().listen(0)) {
            RestreamClient client = Restream.createClient(
                    to(server.address().getPort()).reconnect(Reconnect.ALWAYS), (req, res) -> ten.countDown());
            assertThat(ten.await(30, TimeUnit.SECONDS)).isTrue();
            client.close();
            assertThat(client.completion()).isCompletedWithValue(null);
        }
    }

    @Test
    void UNTIL_CONNECTED_calls_its_handler_once() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (RestreamServer server = Restream.createServer((req, res) -> {
                    // an earlier reset may be a failure to connect, which is retried
                    req.header();
                    res.abort();
                })
                .listen(0)) {
            RestreamClient client = Restream.createClient(
                    to(server.address().getPort()).reconnect(Reconnect.UNTIL_CONNECTED), (req, res) -> {
                        calls.incrementAndGet();
                        req.flush();
                        res.readAllBytes();
                    });
            assertThatThrownBy(() -> complete(client)).hasCauseInstanceOf(ConnectionLostException.class);
        }
        assertThat(calls).hasValue(1);
        assertThat(events.names()).containsExactly("Connecting", "Connected", "Lost", "GaveUp", "Closed");
    }

    @Test
    void a_lost_exchange_is_made_again_with_fresh_streams() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        StringBuffer text = new StringBuffer();
        try (RestreamServer server = Restream.createServer((req, res) -> {
                    res.write(req.readText());
                    if (asked.incrementAndGet() <= 3) {
                        res.flush();
                        res.abort();
                    }
                })
                .listen(0)) {
            complete(Restream.createClient(to(server.address().getPort()).retryDelay(Duration.ZERO), (req, res) -> {
                text.setLength(0);
                res.onText(text::append);
                req.end("whole");
            }));
        }
        assertThat(text).hasToString("whole");
        assertThat(events.all(ClientEvent.Lost.class)).hasSize(3).allMatch(lost -> lost.failures() == 1);
    }
}
