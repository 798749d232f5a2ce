package org.restream.internal.exchange;

import java.io.InterruptedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;

/**
 * Who reads the rest of the peer's message: the exchange's own thread when it comes to it, or a second one, where the first is
 * held up for long while there is something to read.
 */
final class RestReader {
    /** Reads to the end. */
    interface Work {
        void run() throws InterruptedException;
    }

    private final Work work;
    private final ExchangeConfig config;
    private final ExchangeState state;
    private final Progress progress;
    private final Monitor monitor;

    private final AtomicBoolean claimed = new AtomicBoolean();
    private volatile boolean done;
    private volatile Timer.Task timer = Timer.Task.NONE;
    private volatile @Nullable Thread second;

    RestReader(Work work, ExchangeConfig config, ExchangeState state, Progress progress, Monitor monitor) {
        this.work = work;
        this.config = config;
        this.state = state;
        this.progress = progress;
        this.monitor = monitor;
    }

    /** Has a second thread read, if this one does not come to it soon. */
    void scheduleSecondThread() {
        if (timer == Timer.Task.NONE) {
            timer = config.timer().after(ExchangeConfig.SECOND_THREAD_DELAY, this::startSecond);
        }
    }

    private void startSecond() {
        if (!claimed.compareAndSet(false, true)) {
            return;
        }
        try {
            Thread thread = config.threads().apply(this::runClaimed);
            second = thread;
            thread.start();
        } catch (Throwable e) {
            // no thread could be made
            state.fail(Reason.HANDLER, e);
            done();
        }
    }

    /** Reads; or waits until the second thread has. */
    void readOrAwait() throws InterruptedException {
        timer.cancel();
        if (claimed.compareAndSet(false, true)) {
            runClaimed();
        } else {
            monitor.await(() -> done);
        }
    }

    private void runClaimed() {
        try {
            work.run();
        } catch (InterruptedException e) {
            // by the user's code, if this is the reason: who ends an exchange says so first, unless all has ended
            if (!progress.isWhole()) {
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
        monitor.signal();
    }

    /** From now on no second thread is started. */
    void stop() {
        timer.cancel();
    }

    /**
     * Returns when nobody reads or calls a listener, and nobody will. A listener on the second thread may be running still; it
     * has been interrupted, if the exchange was cancelled.
     */
    void awaitEnd() {
        if (!claimed.compareAndSet(false, true)) {
            monitor.awaitUninterruptibly(() -> done);
        }
    }

    /** Interrupts the second thread, where there is one; never the caller. */
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
