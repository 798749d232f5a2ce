package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ConnectionLostException;
import org.restream.Outgoing;

/** A loss interrupts a client's handler that waits for something other than the peer; nothing else does. */
class InterruptOnLossTest extends EachWire {
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    private final CompletableFuture<Void> go = new CompletableFuture<>();
    private final Calls calls = new Calls();

    private Trial client(Trial.Handler handler) throws Exception {
        return client(terms -> terms, handler);
    }

    /** An exchange whose handler is running. */
    private Trial client(UnaryOperator<Setup> terms, Trial.Handler handler) throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        Trial trial = trial(Trial.ROOMY, setup -> terms.apply(setup.interrupts()), (in, out) -> {
            begun.complete(null);
            handler.handle(in, out);
        });
        Trial.get(begun);
        return trial;
    }

    /** A session needs none, and tells the exchange of a cut. */
    private void startSecond(Trial trial) throws Exception {
        if (wire == Wire.PIPE) {
            trial.startSecond();
        }
    }

    /** Has a second thread watch the peer. */
    private void watched(Trial trial) throws Exception {
        startSecond(trial);
        watching(trial);
    }

    private void watching(Trial trial) throws Exception {
        if (wire == Wire.PIPE) {
            trial.link.awaitReader();
        }
    }

    /** Waits like a handler that has nothing to send yet. */
    private void take() throws InterruptedException {
        try {
            assertThat(new LinkedBlockingQueue<>().poll(30, TimeUnit.SECONDS)).isNotNull();
        } catch (InterruptedException e) {
            thrown.complete(e);
            throw e;
        } catch (AssertionError e) {
            thrown.complete(e);
        }
    }

    private void isInterruptedBy(Trial trial, Reason reason) throws Exception {
        assertThat(Trial.get(thrown)).isInstanceOf(InterruptedException.class);
        assertThat(trial.outcome().reason()).isEqualTo(reason);
    }

    @Test
    void it_hears_of_a_reset() throws Exception {
        try (Trial trial = client((in, out) -> take())) {
            watched(trial);
            trial.peer.cut();
            isInterruptedBy(trial, Reason.CONNECTION);
        }
    }

    @Test
    void of_one_that_came_before_anybody_watched() throws Exception {
        try (Trial trial = client((in, out) -> take())) {
            trial.peer.cut();
            startSecond(trial);
            isInterruptedBy(trial, Reason.CONNECTION);
        }
    }

    @Test
    void of_the_idle_time_out() throws Exception {
        notInSessions("a session has no limit for an exchange in which nothing moves");
        try (Trial trial = client(terms -> terms.idleTimeout(IDLE), (in, out) -> take())) {
            trial.timer.awaitScheduled(IDLE);
            watched(trial);
            trial.timer.advance(IDLE);
            isInterruptedBy(trial, Reason.LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void of_a_reset_that_comes_after_it_has_read_something(int acknowledgements) throws Exception {
        CountDownLatch read = new CountDownLatch(acknowledgements);
        try (Trial trial = client((in, out) -> {
            for (int i = 0; i < acknowledgements; i++) {
                out.write("record");
                assertThat(in.read()).isEqualTo('a');
                read.countDown();
            }
            take();
        })) {
            startSecond(trial);
            trial.peer.say("{}\n\n");
            for (int i = 0; i < acknowledgements; i++) {
                watching(trial);
                trial.peer.say("a");
            }
            assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
            watching(trial);
            trial.peer.cut();
            isInterruptedBy(trial, Reason.CONNECTION);
        }
    }

    @Test
    void of_a_reset_after_the_body_that_it_has_taken_late() throws Exception {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        try (Trial trial = client((in, out) -> {
            Trial.get(go);
            assertThat(in.readNBytes(4)).hasSize(4);
            taken.complete(null);
            take();
        })) {
            startSecond(trial);
            trial.peer.say("{}\n\nbody");
            go.complete(null);
            Trial.get(taken);
            watching(trial);
            trial.peer.cut();
            isInterruptedBy(trial, Reason.CONNECTION);
        }
    }

    @Test
    void not_of_a_clean_end() throws Exception {
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        try (Trial trial = client((in, out) -> {
            Trial.get(go);
            assertThat(in.readText()).isEqualTo("body");
            flag.complete(Thread.interrupted());
        })) {
            watched(trial);
            trial.peer.say("{}\n\nbody").finish();
            go.complete(null);
            assertThat(Trial.get(flag)).isFalse();
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void not_where_it_is_switched_off() throws Exception {
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            Trial.get(go);
            flag.complete(Thread.interrupted());
            out.flush();
        })) {
            trial.peer.cut();
            go.complete(null);
            assertThat(Trial.get(flag)).isFalse();
            assertThat(trial.outcome().reason()).isEqualTo(Reason.CONNECTION);
        }
    }

    @Test
    void a_server_never_is() throws Exception {
        notInSessions("there its handler is, by a cut");
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        try (Trial trial = trial(Trial.ROOMY, Setup::server, (in, out) -> {
            in.onError(error -> calls.add("error"));
            calls.await("error");
            Trial.get(go);
            flag.complete(Thread.interrupted());
        })) {
            startSecond(trial);
            trial.peer.cut();
            calls.await("error");
            go.complete(null);
            assertThat(Trial.get(flag)).isFalse();
            assertThat(trial.outcome().reason()).isEqualTo(Reason.CONNECTION);
        }
    }

    /**
     * A handler that got an exception must not be interrupted too: it may write to a file, which an interrupt would
     * close.
     */
    @RepeatedTest(100)
    void not_one_that_has_heard_of_it_by_its_read() throws Exception {
        heardBy((in, out) -> in.read());
    }

    @RepeatedTest(100)
    void nor_by_its_write() throws Exception {
        heardBy((in, out) -> {
            while (true) {
                out.write(new byte[10_000]);
                out.flush();
            }
        });
    }

    private void heardBy(Trial.Handler call) throws Exception {
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        try (Trial trial = client((in, out) -> {
            thrown.complete(catchThrowable(() -> call.handle(in, out)));
            Trial.get(go);
            flag.complete(Thread.interrupted());
        })) {
            watched(trial);
            trial.peer.cut();
            assertThat(Trial.get(thrown))
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining(wire == Wire.PIPE ? wire.reset : "cut");
            trial.awaitLossTold();
            go.complete(null);
            assertThat(Trial.get(flag)).isFalse();
            assertThat(trial.outcome().reason()).isEqualTo(Reason.CONNECTION);
        }
    }

    @RepeatedTest(100)
    void nor_by_its_read_of_the_idle_time_out() throws Exception {
        notInSessions("a session has no limit for an exchange in which nothing moves");
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        try (Trial trial = client(terms -> terms.idleTimeout(IDLE), (in, out) -> {
            Trial.get(go);
            thrown.complete(catchThrowable(in::read));
            flag.complete(Thread.interrupted());
        })) {
            trial.timer.awaitScheduled(IDLE);
            watched(trial);
            go.complete(null);
            trial.awaitHandlerWaits();
            trial.timer.advance(IDLE);
            assertThat(Trial.get(thrown))
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining("idleTimeout");
            assertThat(Trial.get(flag)).isFalse();
        }
    }

    @Test
    void nor_one_that_aborts_by_itself() throws Exception {
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        try (Trial trial = client((in, out) -> {
            Trial.get(go);
            out.abort();
            calls.add("aborted");
            calls.await("seen");
            flag.complete(Thread.interrupted());
        })) {
            watched(trial);
            go.complete(null);
            calls.await("aborted");
            if (wire == Wire.PIPE) {
                trial.awaitSecondsEnd();
            }
            calls.add("seen");
            assertThat(Trial.get(flag)).isFalse();
            assertThat(trial.outcome().reason()).isEqualTo(Reason.ABORTED);
        }
    }

    @Test
    void but_one_that_another_thread_aborts() throws Exception {
        notInSessions("there nobody watches for a handler that waits for something else");
        CompletableFuture<Outgoing> outgoing = new CompletableFuture<>();
        try (Trial trial = client((in, out) -> {
            outgoing.complete(out);
            take();
        })) {
            watched(trial);
            Trial.get(outgoing).abort();
            isInterruptedBy(trial, Reason.ABORTED);
        }
    }

    @Test
    void one_that_listens_too() throws Exception {
        CompletableFuture<Void> listening = new CompletableFuture<>();
        try (Trial trial = client((in, out) -> {
            in.onData(data -> calls.add("data")).onError(error -> calls.add("error"));
            listening.complete(null);
            take();
        })) {
            Trial.get(listening);
            trial.startSecond();
            trial.peer.say("{}\n\nbody");
            calls.await("data");
            trial.peer.cut();
            isInterruptedBy(trial, Reason.CONNECTION);
            calls.assertExactly("data", "error");
        }
    }
}
