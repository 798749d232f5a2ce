package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.restream.internal.net.ConnectionCare;
import org.restream.testing.ManualTimer;
import org.restream.testing.PipeLink;
import org.restream.testing.PipePeer;

/**
 * An exchange over a connection in memory, with a manual clock. It runs on threads of its own, as in a real program.
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
    final PipeLink link;
    final PipePeer peer;
    final Exchange exchange;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /** What the user's code threw when it was too late to report it otherwise. */
    final List<Throwable> unheard = new CopyOnWriteArrayList<>();

    private final Duration idleTimeout;

    private Trial(PipeLink link, PipePeer peer, UnaryOperator<Setup> terms) {
        this.link = link;
        this.peer = peer;
        Setup setup = terms.apply(Setup.of(timer, this::unstartedThread, unheard::add));
        exchange = new Exchange(link, new ExchangePeer(link, 1), setup.config(), setup.headerTimeout());
        idleTimeout = setup.idleTimeout();
    }

    static Trial of(Handler handler) {
        return of(ROOMY, terms -> terms, handler);
    }

    static Trial of(int capacity, UnaryOperator<Setup> terms, Handler handler) {
        List<PipeLink> ends = PipeLink.pair(capacity);
        return new Trial(ends.get(0), new PipePeer(ends.get(1)), terms).start(handler);
    }

    /** One of two exchanges that are connected to each other; it has no {@link #peer}. */
    static Trial over(PipeLink link, Handler handler) {
        return new Trial(link, null, terms -> terms).start(handler);
    }

    private Trial start(Handler handler) {
        unstartedThread(() -> run(handler)).start();
        return this;
    }

    private void run(Handler handler) {
        try {
            Outcome ended;
            try (ConnectionCare care = ConnectionCare.of(link, idleTimeout, timer, exchange::lost)) {
                assert care != null;
                ended = exchange.run(() -> handler.handle(exchange.incoming(), exchange.outgoing()));
            }
            outcome.complete(ended);
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

    @Override
    public void close() throws InterruptedException {
        exchange.cancel(Reason.CLOSED, "the test is over");
        for (Thread thread : threads) {
            thread.join(30_000);
            if (thread.isAlive()) {
                throw new AssertionError("a thread of the exchange lives on: " + List.of(thread.getStackTrace()));
            }
        }
    }
}
