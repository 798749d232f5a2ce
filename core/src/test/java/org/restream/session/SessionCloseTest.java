package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.restream.AbortedException;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.ExchangeOptions;
import org.restream.NeverStartedException;
import org.restream.OutcomeUnknownException;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.testing.Leftovers;

/** The end of sessions, by either side: soft or hard, at once, and told to the other. */
class SessionCloseTest {
    private static final RestreamServer.Handler ECHO = (req, res) -> res.end(req.readText());
    /** Far more than it may take, and less than what sessions are kept for. */
    private static final Duration QUICK = Duration.ofSeconds(4);

    private static String ask(RestreamSession session) throws Exception {
        return session.exchange((req, res) -> {
            req.end("question");
            return res.readText();
        });
    }

    private static void isQuick(Runnable work) {
        long began = System.nanoTime();
        work.run();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(QUICK);
    }

    @Test
    void what_was_answered_before_a_close_has_completed_at_the_server_too() throws Exception {
        Leftovers leftovers = new Leftovers();
        try (SessionPair pair = SessionPair.of(ECHO)) {
            for (int i = 0; i < 100; i++) {
                try (RestreamSession session = Restream.createSession(pair.options())) {
                    assertThat(ask(session)).isEqualTo("question");
                }
            }
            pair.session.close();
            pair.server.close();
            assertThat(pair.atServer.all(ServerEvent.Completed.class)).hasSize(100);
            assertThat(pair.atServer.names()).doesNotContain("Failed", "Away");
            assertThat(pair.atServer.all(ServerEvent.SessionEnded.class)).hasSize(101);
        }
        leftovers.areGone();
    }

    @Test
    void so_it_has_before_an_abort() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            for (int i = 0; i < 100; i++) {
                RestreamSession session = Restream.createSession(pair.options());
                ask(session);
                session.abort();
                assertThat(session.state()).isEqualTo(RestreamSession.State.CLOSED);
            }
            pair.session.close();
            pair.server.close();
            assertThat(pair.atServer.all(ServerEvent.Completed.class)).hasSize(100);
            assertThat(pair.atServer.names()).doesNotContain("Failed", "Away");
        }
    }

    @Test
    void a_soft_close_lets_what_runs_come_to_its_end() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of((req, res) -> {
            runs.complete(null);
            go.join();
            res.end(req.readText());
        })) {
            CompletableFuture<String> answer = pair.session.exchangeAsync((req, res) -> {
                req.end("question");
                return res.readText();
            });
            runs.get(10, TimeUnit.SECONDS);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> pair.session.close(QUICK));
            pair.atServer.await(ServerEvent.SessionOpened.class);
            assertThat(closed).isNotDone();
            go.complete(null);
            closed.get(10, TimeUnit.SECONDS);
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("question");
            assertThat(pair.session.state()).isEqualTo(RestreamSession.State.CLOSED);
        }
    }

    @Test
    void a_soft_close_by_a_handler_does_not_wait_for_itself() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            String answer = pair.session.exchange((req, res) -> {
                isQuick(() -> pair.session.close(QUICK.multipliedBy(10)));
                req.end("question");
                return res.readText();
            });
            assertThat(answer).isEqualTo("question");
            pair.atClient.await(ClientEvent.Closed.class);
        }
    }

    @Test
    void where_its_time_is_over_it_cuts_what_runs() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of((req, res) -> stay(runs, interrupted))) {
            CompletableFuture<String> answer = pair.session.exchangeAsync((req, res) -> res.readText());
            runs.get(10, TimeUnit.SECONDS);
            isQuick(() -> pair.session.close(Duration.ofMillis(50)));
            assertThat(catchThrowable(() -> answer.get(10, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(OutcomeUnknownException.class);
            interrupted.get(10, TimeUnit.SECONDS);
        }
    }

    private static void stay(CompletableFuture<Void> runs, CompletableFuture<Void> interrupted) throws Exception {
        runs.complete(null);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.complete(null);
            throw e;
        }
    }

    @Test
    void an_abort_reaches_a_clients_handler_that_waits_for_something_else() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of(ECHO)) {
            CompletableFuture<Object> unused = pair.session.exchangeAsync((req, res) -> {
                stay(runs, interrupted);
                return null;
            });
            runs.get(10, TimeUnit.SECONDS);
            pair.session.abort();
            interrupted.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_close_while_the_server_is_not_there_is_quick() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            ask(pair.session);
            pair.server.close(Duration.ZERO);
            CompletableFuture<Void> runs = new CompletableFuture<>();
            CompletableFuture<String> answer = pair.session.exchangeAsync((req, res) -> {
                runs.complete(null);
                return res.readText();
            });
            runs.get(10, TimeUnit.SECONDS);
            isQuick(() -> pair.session.close(Duration.ofMillis(10)));
            assertThat(catchThrowable(() -> answer.get(10, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(NeverStartedException.class);
            assertThat(pair.atClient.names()).endsWith("Closed");
        }
    }

    @Test
    void a_listener_that_swallows_the_interrupt_of_a_cancel_keeps_no_exchange() throws Exception {
        CompletableFuture<Void> began = new CompletableFuture<>();
        CountDownLatch never = new CountDownLatch(1);
        try (SessionPair pair = SessionPair.of(ECHO)) {
            RestreamSession session = Restream.createSession(pair.options().listener(event -> {
                if (event instanceof ClientEvent.ExchangeBegan second && second.exchange() == 2) {
                    began.complete(null);
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        assertThat(e).isNotNull();
                    }
                }
            }));
            ask(session);
            CompletableFuture<Void> asked = session.exchangeAsync((req, res) -> {
                res.header();
                return null;
            });
            began.get(10, TimeUnit.SECONDS);
            asked.cancel(true);
            isQuick(() -> session.close(Duration.ofSeconds(20)));
        }
    }

    @Test
    void a_listener_may_close_the_session() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            CompletableFuture<RestreamSession> self = new CompletableFuture<>();
            CompletableFuture<Void> closed = new CompletableFuture<>();
            RestreamSession session = Restream.createSession(pair.options().listener(event -> {
                if (event instanceof ClientEvent.Connected) {
                    self.join().close();
                } else if (event instanceof ClientEvent.Closed) {
                    closed.complete(null);
                }
            }));
            isQuick(() -> {
                self.complete(session);
                closed.join();
            });
        }
    }

    @Test
    void a_server_that_closes_does_not_wait_for_sessions_in_which_nothing_lives() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            ask(pair.session);
            isQuick(() -> pair.server.close(Duration.ofSeconds(20)));
            assertThat(pair.atServer.names())
                    .containsSubsequence("SessionOpened", "Completed", "SessionEnded", "Closed");
            assertThat(pair.atServer.names()).doesNotContain("Failed", "Away");
        }
    }

    @Test
    void a_slow_listener_hears_of_the_end_of_each_session_before_that_of_the_server() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        CompletableFuture<Void> slow = new CompletableFuture<>();
        List<String> heard = new CopyOnWriteArrayList<>();
        ServerOptions options = SessionPair.options(SessionLimits.defaults()).listener(event -> {
            if (event instanceof ServerEvent.SessionOpened) {
                slow.complete(null);
                go.join();
            }
            heard.add(event.getClass().getSimpleName());
        });
        RestreamServer server = Restream.createServer(options, ECHO).listen(0);
        try (RestreamSession session = Restream.createSession(
                ClientOptions.defaults().servers("127.0.0.1:" + server.address().getPort()))) {
            CompletableFuture<String> unused = session.exchangeAsync((req, res) -> "never asked");
            slow.get(10, TimeUnit.SECONDS);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> server.close(Duration.ZERO));
            go.complete(null);
            closed.get(10, TimeUnit.SECONDS);
            assertThat(heard)
                    .containsSubsequence("SessionOpened", "SessionEnded")
                    .endsWith("Closed");
            session.abort();
        }
    }

    @Test
    void a_server_that_closes_lets_what_runs_end_and_takes_nothing_new() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of((req, res) -> {
            String asked = req.readText();
            if (asked.equals("first")) {
                runs.complete(null);
                go.join();
            }
            res.end(asked);
        })) {
            CompletableFuture<String> first = pair.session.exchangeAsync((req, res) -> {
                req.end("first");
                return res.readText();
            });
            runs.get(10, TimeUnit.SECONDS);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> pair.server.close(QUICK.multipliedBy(5)));
            ExchangeOptions brief = ExchangeOptions.defaults().timeout(Duration.ofMillis(200));
            Throwable late = null;
            while (late == null) {
                // until the client knows that the server is about to close
                late = catchThrowable(() -> pair.session.exchange(brief, (req, res) -> {
                    req.end("late");
                    return res.readText();
                }));
            }
            assertThat(late).isInstanceOf(NeverStartedException.class);
            go.complete(null);
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("first");
            closed.get(10, TimeUnit.SECONDS);
            assertThat(pair.atServer.names()).doesNotContain("Away");
        }
    }

    @Test
    void what_still_runs_at_the_end_of_a_servers_grace_is_aborted_at_once_and_told() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of((req, res) -> stay(runs, interrupted))) {
            CompletableFuture<String> answer = pair.session.exchangeAsync((req, res) -> res.readText());
            runs.get(10, TimeUnit.SECONDS);
            isQuick(() -> pair.server.close(Duration.ofMillis(10)));
            interrupted.get(10, TimeUnit.SECONDS);
            Throwable thrown = catchThrowable(() -> answer.get(3, TimeUnit.SECONDS));
            assertThat(thrown).hasCauseInstanceOf(AbortedException.class);
            assertThat(((AbortedException) thrown.getCause()).code()).isEqualTo(10);
        }
    }

    @Test
    void a_servers_idle_timeout_ends_a_session_that_rests_and_the_next_exchange_makes_another() throws Exception {
        try (SessionPair pair = SessionPair.of(
                SessionPair.options(SessionLimits.defaults()).idleTimeout(Duration.ofMillis(300)), ECHO)) {
            ask(pair.session);
            pair.atServer.await(ServerEvent.SessionEnded.class);
            assertThat(ask(pair.session)).isEqualTo("question");
            assertThat(pair.atServer.all(ServerEvent.SessionOpened.class)).hasSize(2);
            assertThat(pair.atServer.names()).doesNotContain("Away", "Failed");
        }
    }

    @Test
    void a_servers_idle_timeout_does_not_cut_a_session_that_waits_for_its_handler() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of(
                SessionPair.options(SessionLimits.defaults()).idleTimeout(Duration.ofMillis(100)), (req, res) -> {
                    go.get(10, TimeUnit.SECONDS);
                    res.end("well");
                })) {
            CompletableFuture<String> answer = pair.session.exchangeAsync((req, res) -> res.readText());
            // longer than the timeout, with nothing to wait for
            assertThat(catchThrowable(() -> answer.get(400, TimeUnit.MILLISECONDS)))
                    .isNotNull();
            go.complete(null);
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("well");
            assertThat(pair.atServer.names()).doesNotContain("Away");
        }
    }
}
