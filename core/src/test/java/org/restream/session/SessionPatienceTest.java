package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerEvent;
import org.restream.SessionLimits;
import org.restream.SessionMode;
import org.restream.internal.session.wire.Hello;
import org.restream.testing.Events;
import org.restream.testing.RawSession;
import org.restream.testing.ResettingRelay;

/** Slow clients, servers that are about to stop, and listeners that take their time. */
@Timeout(60)
class SessionPatienceTest {
    private static final RestreamServer.Handler ECHO = (req, res) -> res.end(req.readText());

    private static CompletableFuture<String> ask(RestreamSession session, String question) {
        return session.exchangeAsync((req, res) -> {
            req.end(question);
            return res.readText();
        });
    }

    @Test
    void a_session_whose_first_byte_comes_late_is_one() throws Exception {
        CompletableFuture<Void> plain = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of((req, res) -> {
            plain.complete(null);
            ECHO.handle(req, res);
        })) {
            for (int bytes : new int[] {0, 1}) {
                try (RawSession raw = new RawSession(pair.server.address())) {
                    // by then the server has taken it for a plain one
                    plain.get(20, TimeUnit.SECONDS);
                    byte[] line = raw.hello().toLine().getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    raw.say(java.util.Arrays.copyOf(line, bytes));
                    raw.say(java.util.Arrays.copyOfRange(line, bytes, line.length));
                    assertThat(raw.answer()).isInstanceOf(Hello.Welcome.class);
                    raw.frames(out -> RawSession.request(out, 1, "{}\n\nlate"));
                    assertThat(raw.message()).endsWith("late");
                }
            }
            assertThat(pair.atServer.names()).doesNotContain("Failed", "Rejected");
        }
    }

    @Test
    void after_a_server_says_that_it_goes_new_exchanges_go_elsewhere_at_once() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (SessionPair leaving = SessionPair.of((req, res) -> {
                    String asked = req.readText();
                    if (asked.equals("first")) {
                        runs.complete(null);
                        go.get(20, TimeUnit.SECONDS);
                    }
                    res.end(asked);
                });
                SessionPair staying = SessionPair.of(ECHO);
                RestreamSession session = Restream.createSession(ClientOptions.defaults()
                        .servers(leaving.address(), staying.address())
                        .retryDelay(Duration.ofMillis(10)))) {
            CompletableFuture<String> first = ask(session, "first");
            runs.get(20, TimeUnit.SECONDS);
            CompletableFuture<Void> closed =
                    CompletableFuture.runAsync(() -> leaving.server.close(Duration.ofSeconds(30)));
            // some may still get to the old session, before the client has heard; they are served or refused there
            while (staying.calls.get() == 0) {
                ask(session, "second").handle((answer, e) -> e).get(20, TimeUnit.SECONDS);
            }
            assertThat(first).isNotDone();
            assertThat(closed).isNotDone();
            go.complete(null);
            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("first");
            closed.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_server_that_only_resets_is_tried_again_by_sessions_and_by_clients_alike() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO);
                ResettingRelay relay = new ResettingRelay(pair.server.address(), List.of())) {
            relay.cutAndRefuse();
            Events<ClientEvent> ofSession = new Events<>();
            Events<ClientEvent> ofClient = new Events<>();
            ClientOptions options =
                    ClientOptions.defaults().servers(relay.address()).retryDelay(Duration.ofMillis(10));
            try (RestreamSession session = Restream.createSession(options.listener(ofSession));
                    RestreamClient client = Restream.createClient(
                            options.listener(ofClient).session(SessionMode.REQUIRED),
                            (req, res) -> req.end("question"))) {
                CompletableFuture<String> answer = ask(session, "question");
                for (int i = 0; i < 3; i++) {
                    ofSession.await(ClientEvent.Failed.class);
                    ofClient.await(ClientEvent.Failed.class);
                }
                relay.pass();
                assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("question");
                client.completion().get(20, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void an_abort_does_not_interrupt_a_listener() throws Exception {
        CompletableFuture<Void> listening = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CountDownLatch go = new CountDownLatch(1);
        RestreamSession session = Restream.createSession(ClientOptions.defaults()
                .servers("127.0.0.1:1")
                .listener(event -> {
                    if (event instanceof ClientEvent.Connecting) {
                        listening.complete(null);
                        try {
                            interrupted.complete(!go.await(20, TimeUnit.SECONDS));
                        } catch (InterruptedException e) {
                            interrupted.complete(true);
                        }
                    }
                }));
        listening.get(20, TimeUnit.SECONDS);
        session.abort();
        go.countDown();
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isFalse();
    }

    /** A listener that is in the event of a loss when the client is closed. */
    private static void slowListener(Closes closes) throws Exception {
        CompletableFuture<Void> slow = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        Events<ClientEvent> heard = new Events<>();
        CompletableFuture<Void> runs = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of(SessionPair.options(SessionLimits.defaults()), (req, res) -> {
                    runs.complete(null);
                    req.readText();
                });
                ResettingRelay relay = new ResettingRelay(pair.server.address(), List.of())) {
            Runnable close = closes.of(ClientOptions.defaults()
                    .servers(relay.address())
                    .session(SessionMode.REQUIRED)
                    .listener(event -> {
                        if (event instanceof ClientEvent.Away) {
                            slow.complete(null);
                            go.get(20, TimeUnit.SECONDS);
                        }
                        heard.accept(event);
                    }));
            runs.get(20, TimeUnit.SECONDS);
            relay.cutAndRefuse();
            slow.get(20, TimeUnit.SECONDS);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(close);
            go.complete(null);
            closed.get(20, TimeUnit.SECONDS);
            heard.await(ClientEvent.Closed.class);
            assertThat(heard.names()).containsSubsequence("Connected", "Away").endsWith("Closed");
            assertThat(heard.overlapped()).isFalse();
            pair.atServer.await(ServerEvent.Away.class);
        }
    }

    private interface Closes {
        /** Makes one, with an exchange that runs; returns what closes it. */
        Runnable of(ClientOptions options);
    }

    @Test
    void a_slow_listener_hears_all_of_a_session_before_its_end() throws Exception {
        slowListener(options -> {
            RestreamSession session = Restream.createSession(options);
            CompletableFuture<Object> unused = session.exchangeAsync((req, res) -> {
                req.write("beginning");
                req.flush();
                return res.readText();
            });
            return () -> session.close(Duration.ZERO);
        });
    }

    @Test
    void so_it_does_of_a_client() throws Exception {
        slowListener(options -> Restream.createClient(options, (req, res) -> {
            req.write("beginning");
            req.flush();
            res.readText();
        })::close);
    }
}
