package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both messages have ended while the user's code still runs: nothing can undo that any more. */
class WholeTest extends EachWire {
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> go = new CompletableFuture<>();
    private final Calls calls = new Calls();

    private static UnaryOperator<Setup> side(boolean server) {
        return server ? Setup::server : Setup::interrupts;
    }

    private static void isWhole(Trial trial) throws Exception {
        assertThat(trial.peer.hearAll()).isEqualTo("{}\n\nours");
        assertThat(trial.outcome().cause()).isNull();
        assertThat(trial.link.isAborted()).isFalse();
    }

    /** A handler that has ended both messages, and goes on. */
    private Trial.Handler working() {
        return (in, out) -> {
            out.end("ours");
            assertThat(in.readText()).isEqualTo("theirs");
            ended.complete(null);
            Trial.get(go);
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_idle_time_out(boolean server) throws Exception {
        notInSessions("a session has no limit for an exchange in which nothing moves");
        try (Trial trial = trial(Trial.ROOMY, setup -> side(server).apply(setup).idleTimeout(IDLE), working())) {
            trial.timer.awaitScheduled(IDLE);
            trial.peer.say("{}\n\ntheirs").finish();
            Trial.get(ended);
            trial.timer.advance(IDLE.multipliedBy(2));
            go.complete(null);
            isWhole(trial);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_abort(boolean server) throws Exception {
        try (Trial trial = trial(Trial.ROOMY, side(server), working())) {
            trial.peer.say("{}\n\ntheirs").finish();
            Trial.get(ended);
            trial.exchange.outgoing().abort();
            go.complete(null);
            isWhole(trial);
        }
    }

    /** {@code res.onEnd(() -> client.close())}, and the same from other places. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_close_in_its_last_listener(boolean second) throws Exception {
        CompletableFuture<Trial> self = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            in.onEnd(() -> {
                Trial.get(self).exchange.cancel(Reason.CLOSED, "closed");
                calls.add("end");
            });
            in.onError(error -> calls.add("error"));
            in.onData(data -> {});
            out.end("ours");
            if (second) {
                Trial.get(go);
            }
        })) {
            if (second) {
                trial.startSecond();
                trial.link.awaitReader();
                go.complete(null);
                trial.awaitHandlerWaits();
            }
            trial.peer.say("{}\n\ntheirs").finish();
            self.complete(trial);
            isWhole(trial);
            calls.assertExactly("end");
        }
    }

    @Test
    void nor_one_from_elsewhere_while_its_last_listener_runs_on_a_second_thread() throws Exception {
        CountDownLatch inListener = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            in.onEnd(() -> {
                inListener.countDown();
                try {
                    interrupted.complete(new CountDownLatch(1).await(30, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    interrupted.complete(true);
                }
            });
            in.onData(data -> {});
            out.end("ours");
            ended.complete(null);
            Trial.get(go);
        })) {
            trial.startSecond();
            trial.peer.say("{}\n\ntheirs").finish();
            Trial.get(ended);
            assertThat(inListener.await(30, TimeUnit.SECONDS)).isTrue();
            go.complete(null);
            trial.awaitHandlerWaits();
            trial.exchange.cancel(Reason.CLOSED, "closed");
            assertThat(Trial.get(interrupted)).isTrue();
            isWhole(trial);
        }
    }

    @Test
    void nor_one_while_its_handler_reads_and_a_second_thread_has_its_header_listener() throws Exception {
        try (Trial trial = trial((in, out) -> {
            in.onHeader(header -> calls.add("header"));
            out.end("ours");
            calls.await("header");
            assertThat(in.readText()).isEqualTo("theirs");
            ended.complete(null);
            // join() ignores interrupts
            go.join();
        })) {
            trial.startSecond();
            trial.peer.say("{}\n\ntheirs").finish();
            Trial.get(ended);
            trial.awaitSecondWaits();
            trial.exchange.cancel(Reason.CLOSED, "closed");
            trial.awaitSecondsEnd();
            go.complete(null);
            isWhole(trial);
        }
    }
}
