package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.internal.concurrent.Threads;
import org.restream.testing.ManualTimer;
import org.restream.testing.PipeLink;
import org.restream.testing.PipePeer;
import org.restream.testing.TestLink;

/**
 * An exchange over a {@link Wire}, with a manual clock. It runs on threads of its own, as in a real program.
 */
final class Trial implements AutoCloseable {
    /** How long a handler runs before a second thread reads. */
    static final Duration SECOND_THREAD = Duration.ofMillis(10);

    static final int ROOMY = 1 << 20;

    /** The handler of the exchange. */
    interface Handler {
        void handle(Incoming in, Outgoing out) throws Exception;
    }

    final ManualTimer timer = new ManualTimer();
    final Wire wire;
    final TestLink link;
    final PipePeer peer;
    final Exchange exchange;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /** A session has told the exchange of a cut. */
    private final CompletableFuture<Void> told = new CompletableFuture<>();

    /** What the user's code threw when it was too late to report it otherwise. */
    final List<Throwable> unheard = new CopyOnWriteArrayList<>();

    private final Wire.Ends ends;
    private final Setup setup;

    private Trial(Wire wire, Wire.Ends ends, UnaryOperator<Setup> terms) {
        this.wire = wire;
        this.ends = ends;
        setup = terms.apply(Setup.of(timer, this::unstartedThread, unheard::add));
        ExchangeConfig.Side side = setup.config().side();
        link = ends.of(side);
        peer = new PipePeer(ends.against(side));
        // a session interrupts by what it hears, see Wire
        ExchangeConfig config = wire == Wire.SESSION ? setup.interrupts(false).config() : setup.config();
        exchange = new Exchange(link, new ExchangePeer(link, 1), config, setup.headerTimeout());
    }

    static Trial of(Wire wire, int capacity, UnaryOperator<Setup> terms, Handler handler) throws Exception {
        return new Trial(wire, wire.ends(capacity), terms).start(handler);
    }

    /** One of two exchanges that are connected to each other; its {@link #peer} is not to be used. */
    static Trial over(Wire wire, Wire.Ends ends, UnaryOperator<Setup> side, Handler handler) {
        return new Trial(wire, ends, side).start(handler);
    }

    private Trial start(Handler handler) {
        unstartedThread(() -> run(handler)).start();
        return this;
    }

    private void run(Handler handler) {
        try {
            outcome.complete(wire.run(
                    exchange,
                    link,
                    setup,
                    () -> told.complete(null),
                    () -> handler.handle(exchange.incoming(), exchange.outgoing())));
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }

    private Thread unstartedThread(Runnable work) {
        Thread thread = Threads.unstarted("trial", work);
        threads.add(thread);
        return thread;
    }

    /** Makes the second thread start, when a listener is attached. */
    Trial startSecond() throws InterruptedException {
        timer.awaitScheduled(SECOND_THREAD);
        timer.advance(SECOND_THREAD);
        return this;
    }

    /** Waits until whoever interrupts a handler has done so: the second thread, or the session. */
    void awaitLossTold() throws Exception {
        if (wire == Wire.SESSION) {
            get(told);
        } else {
            awaitSecondsEnd();
        }
    }

    /** Waits until the second thread has ended. */
    void awaitSecondsEnd() throws InterruptedException {
        Thread second = threads.get(1);
        second.join(30_000);
        assertThat(second.isAlive()).as("the second thread lives").isFalse();
    }

    /** Waits until the handler's thread is waiting. */
    void awaitHandlerWaits() {
        awaitWaits(0);
    }

    /** Waits until the second thread is waiting. */
    void awaitSecondWaits() {
        awaitWaits(1);
    }

    private void awaitWaits(int thread) {
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> threads.size() > thread && threads.get(thread).getState() == Thread.State.WAITING);
    }

    Outcome outcome() throws Exception {
        return get(outcome);
    }

    boolean isOver() {
        return outcome.isDone();
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /** The link, which is one. */
    PipeLink pipe() {
        return (PipeLink) link;
    }

    /** Ours is aborted, and the peer sees it. */
    void assertReset() {
        assertThat(link.isAborted()).isTrue();
        assertThatThrownBy(peer::hearAll).hasMessageStartingWith(wire.reset);
    }

    @Override
    public void close() throws InterruptedException {
        try (ends) {
            exchange.cancel(Reason.CLOSED, "the test is over");
            for (Thread thread : threads) {
                thread.join(30_000);
                if (thread.isAlive()) {
                    throw new AssertionError("a thread of the exchange lives on: " + List.of(thread.getStackTrace()));
                }
            }
        }
    }
}
