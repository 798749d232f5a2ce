package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.restream.AbortedException;
import org.restream.ExchangeOptions;
import org.restream.Header;
import org.restream.NeverStartedException;
import org.restream.OutcomeUnknownException;
import org.restream.Refusal;
import org.restream.RefusedException;
import org.restream.RestreamException;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.SessionLimits;

/** What an exchange of a session returns or throws, by what became of it. */
class SessionOutcomesTest {
    private static final RestreamServer.Handler ECHO =
            (req, res) -> res.header(req.header()).end(req.readText());

    private static Throwable thrown(RestreamSession session, RestreamSession.Handler<?> handler) {
        return catchThrowable(() -> session.exchange(handler));
    }

    /** Tells that it runs, and waits until it is interrupted. */
    private static RestreamServer.Handler stuck(CompletableFuture<Void> runs, CompletableFuture<Void> interrupted) {
        return (req, res) -> {
            runs.complete(null);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(null);
                throw e;
            }
        };
    }

    @Test
    void it_returns_what_its_handler_returns() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            String answer = pair.session.exchange((req, res) -> {
                req.header("n", 1).end("question");
                return res.header().getLong("n") + res.readText();
            });
            assertThat(answer).isEqualTo("1question");
            String nothing = pair.session.exchange((req, res) -> null);
            assertThat(nothing).isNull();
            assertThat(pair.calls).hasValue(2);
        }
    }

    @Test
    void the_handlers_own_exceptions_are_thrown_on() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            FileNotFoundException io = new FileNotFoundException("mine");
            IllegalStateException unchecked = new IllegalStateException("mine");
            AssertionError error = new AssertionError("mine");
            Exception checked = new Exception("mine");
            for (boolean begun : new boolean[] {false, true}) {
                for (Throwable own : new Throwable[] {io, unchecked, error}) {
                    assertThat(thrown(pair.session, throwing(own, begun)))
                            .as("%s, begun: %s", own, begun)
                            .isSameAs(own);
                }
                assertThat(thrown(pair.session, throwing(checked, begun)))
                        .isInstanceOf(RestreamException.class)
                        .hasMessage("mine")
                        .hasCause(checked);
            }
        }
    }

    private static RestreamSession.Handler<Void> throwing(Throwable own, boolean begun) {
        return (req, res) -> {
            if (begun) {
                req.write("part");
                req.flush();
            }
            if (own instanceof Error error) {
                throw error;
            }
            throw (Exception) own;
        };
    }

    @Test
    void what_the_client_throws_cancels_the_servers_handler() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of(stuck(runs, interrupted))) {
            IOException own = new IOException("mine");
            assertThat(thrown(pair.session, (req, res) -> {
                        req.write("x");
                        req.flush();
                        runs.join();
                        throw own;
                    }))
                    .isSameAs(own);
            interrupted.get(10, TimeUnit.SECONDS);
            assertThat(pair.atServer.await(ServerEvent.Failed.class).cause()).isNotNull();
        }
    }

    @Test
    void a_servers_handler_that_fails_aborts() throws Exception {
        try (SessionPair pair = SessionPair.of((req, res) -> {
            req.header();
            throw new IllegalStateException("secret");
        })) {
            assertThatThrownBy(() -> pair.session.exchange((req, res) -> {
                        req.end("question");
                        return res.readText();
                    }))
                    .isInstanceOfSatisfying(
                            AbortedException.class, e -> assertThat(e.code()).isEqualTo(4))
                    .hasMessageNotContaining("secret");
            ServerEvent.Failed failed = pair.atServer.await(ServerEvent.Failed.class);
            assertThat(failed.cause()).isInstanceOf(IllegalStateException.class).hasMessage("secret");
        }
    }

    @Test
    void a_refusal_is_told_as_on_a_plain_connection() throws Exception {
        try (SessionPair pair = SessionPair.of((req, res) -> {
            throw new Refusal("disk full", Duration.ofSeconds(7));
        })) {
            assertThat(thrown(pair.session, (req, res) -> {
                        req.end("question");
                        return res.readText();
                    }))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)))
                    .hasMessage("refused by the server: disk full");
            assertThat(pair.atServer.await(ServerEvent.Failed.class).cause()).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void an_interrupt_cancels_it_on_both_sides() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of(stuck(runs, interrupted))) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread thread = new Thread(() -> thrown.complete(thrown(pair.session, (req, res) -> {
                req.end();
                return res.header();
            })));
            thread.start();
            runs.get(10, TimeUnit.SECONDS);
            thread.interrupt();
            assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            interrupted.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void to_cancel_the_future_cancels_it_on_both_sides() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of(stuck(runs, interrupted))) {
            CompletableFuture<Header> answer = pair.session.exchangeAsync((req, res) -> {
                req.end();
                return res.header();
            });
            runs.get(10, TimeUnit.SECONDS);
            assertThat(answer.cancel(true)).isTrue();
            interrupted.get(10, TimeUnit.SECONDS);
            assertThat(answer).isCancelled();
        }
    }

    @Test
    void its_time_ends_it_on_both_sides() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of(stuck(runs, interrupted))) {
            ExchangeOptions limits = ExchangeOptions.defaults().timeout(Duration.ofMillis(200));
            assertThatThrownBy(() -> pair.session.exchange(limits, (req, res) -> {
                        req.end();
                        return res.header();
                    }))
                    .isInstanceOfSatisfying(
                            AbortedException.class, e -> assertThat(e.code()).isEqualTo(2))
                    .hasMessageContaining("its time was over");
            interrupted.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void that_its_time_is_over_is_said_also_where_the_handler_finds_it_first() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            for (int i = 0; i < 600; i++) {
                ExchangeOptions limits = ExchangeOptions.defaults().timeout(Duration.ofMillis(2));
                Throwable late = catchThrowable(() -> pair.session.exchange(limits, (req, res) -> {
                    while (true) {
                        // may fail while the timer's thread is still cutting the exchange
                        req.write("x");
                        req.flush();
                    }
                }));
                assertThat(late)
                        .isInstanceOfAny(AbortedException.class, NeverStartedException.class)
                        .hasMessageContaining("its time was over");
            }
        }
    }

    @Test
    void a_header_that_the_server_does_not_take_is_said_to_be_what_it_is() throws Exception {
        ServerOptions options = SessionPair.options(SessionLimits.defaults()).maxHeaderBytes(100);
        try (SessionPair pair = SessionPair.of(options, ECHO)) {
            Throwable tooLong = thrown(pair.session, (req, res) -> {
                req.header("long", "x".repeat(200)).end();
                return res.readText();
            });
            assertThat(tooLong)
                    .isInstanceOf(AbortedException.class)
                    .hasMessageContaining("the header is longer than maxHeaderBytes, 100 bytes");
        }
    }

    @Test
    void its_time_runs_without_a_connection_too() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            pair.server.close(Duration.ZERO);
            ExchangeOptions limits = ExchangeOptions.defaults().timeout(Duration.ofMillis(200));
            assertThatThrownBy(() -> pair.session.exchange(limits, (req, res) -> {
                        req.end();
                        return res.header();
                    }))
                    .isInstanceOf(NeverStartedException.class)
                    .hasMessageContaining("its time was over");
            assertThat(pair.calls).hasValue(0);
        }
    }

    @Test
    void whose_handler_does_not_wait_for_the_peer_its_time_interrupts_it() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            ExchangeOptions limits = ExchangeOptions.defaults().timeout(Duration.ofMillis(200));
            assertThatThrownBy(() -> pair.session.exchange(limits, (req, res) -> {
                        new CountDownLatch(1).await();
                        return null;
                    }))
                    .isInstanceOfAny(NeverStartedException.class, AbortedException.class)
                    .hasMessageContaining("its time was over");
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void abort_ends_it_on_both_sides_at_once() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of(stuck(runs, interrupted))) {
            CompletableFuture<Header> answer = pair.session.exchangeAsync((req, res) -> {
                req.end();
                return res.header();
            });
            runs.get(10, TimeUnit.SECONDS);
            pair.session.abort();
            assertThat(catchThrowable(() -> answer.get(10, TimeUnit.SECONDS)).getCause())
                    .isInstanceOf(OutcomeUnknownException.class);
            interrupted.get(10, TimeUnit.SECONDS);
            pair.atServer.await(ServerEvent.SessionEnded.class);
        }
    }

    @Test
    void one_that_waits_for_a_connection_never_started_when_the_session_is_aborted() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            pair.server.close(Duration.ZERO);
            CompletableFuture<Void> runs = new CompletableFuture<>();
            CompletableFuture<Header> answer = pair.session.exchangeAsync((req, res) -> {
                runs.complete(null);
                return res.header();
            });
            runs.get(10, TimeUnit.SECONDS);
            pair.session.abort();
            assertThat(catchThrowable(() -> answer.get(10, TimeUnit.SECONDS)).getCause())
                    .isInstanceOf(NeverStartedException.class);
        }
    }

    @Test
    void a_server_that_keeps_nothing_ends_it_with_the_connection() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of(
                SessionPair.options(SessionLimits.defaults().keep(Duration.ZERO)), stuck(runs, interrupted))) {
            CompletableFuture<Header> answer = pair.session.exchangeAsync((req, res) -> {
                req.end();
                return res.header();
            });
            runs.get(10, TimeUnit.SECONDS);
            pair.server.close(Duration.ZERO);
            assertThat(catchThrowable(() -> answer.get(10, TimeUnit.SECONDS)).getCause())
                    .isInstanceOfAny(OutcomeUnknownException.class, AbortedException.class);
            interrupted.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void after_its_close_a_session_takes_none() throws Exception {
        try (SessionPair pair = SessionPair.of(ECHO)) {
            pair.session.close();
            assertThat(pair.session.state()).isEqualTo(RestreamSession.State.CLOSED);
            assertThatThrownBy(() -> pair.session.exchange((req, res) -> null))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the session is closed");
        }
    }
}
