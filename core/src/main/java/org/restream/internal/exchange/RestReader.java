package org.restream.internal.exchange;

import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Timer;

/**
 * Decides which thread reads the rest of the peer's message: the exchange's own thread, or a second one if the first is
 * busy for long while there is something to read.
 */
final class RestReader {
    /** Reads the message to its end. */
    interface Work {
        void run() throws InterruptedException;
    }

    private final Work work;
    private final ExchangeConfig config;
    private final ExchangeState state;

    /** Whether a thread reads, or has read. Guarded by this. */
    private boolean claimed;

    private volatile boolean done;
    private volatile Timer.Task timer = Timer.Task.NONE;
    private volatile @Nullable Thread second;

    RestReader(Work work, ExchangeConfig config, ExchangeState state) {
        this.work = work;
        this.config = config;
        this.state = state;
    }

    private synchronized boolean claim() {
        boolean first = !claimed;
        claimed = true;
        return first;
    }

    /** Lets a second thread read if this one does not begin to read soon. */
    void scheduleSecondThread() {
        if (timer == Timer.Task.NONE) {
            timer = config.timer().after(ExchangeConfig.SECOND_THREAD_DELAY, this::startSecond);
        }
    }

    private void startSecond() {
        if (!claim()) {
            return;
        }
        try {
            Thread thread = config.threads().apply(this::runClaimed);
            second = thread;
            thread.start();
        } catch (Throwable e) {
            // no thread could be created
            state.fail(Reason.HANDLER, e);
            done();
        }
    }

    /** Reads, or waits until the second thread has read. */
    void readOrAwait() throws InterruptedException {
        timer.cancel();
        if (claim()) {
            runClaimed();
        } else {
            state.monitor.await(() -> done);
        }
    }

    private void runClaimed() {
        try {
            work.run();
        } catch (InterruptedException e) {
            // if this is the first reason, the user's code has interrupted: the library records a reason before it
            // interrupts, unless both messages have ended
            if (!state.progress.isWhole()) {
                state.fail(Reason.HANDLER, new InterruptedIOException("the thread was interrupted"));
            }
        } catch (Throwable e) {
            state.fail(Reason.HANDLER, e);
        } finally {
            done();
        }
    }

    private void done() {
        done = true;
        state.monitor.signal();
    }

    /** Starts no second thread from now on. */
    void stop() {
        timer.cancel();
    }

    /**
     * Returns when no thread reads or calls listeners, and none will. Waits for a listener that is still running on the
     * second thread; if the exchange was cancelled, it has been interrupted.
     */
    void awaitEnd() {
        if (!claim()) {
            state.monitor.awaitUninterruptibly(() -> done);
        }
    }

    /** Interrupts the second thread, if there is one, and it is not the caller. */
    void interruptSecond() {
        Thread thread = second;
        if (thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }

    /** Whether the calling thread is the second one. */
    boolean isSecond() {
        return Thread.currentThread() == second;
    }
}
