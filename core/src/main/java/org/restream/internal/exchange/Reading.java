package org.restream.internal.exchange;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;

/**
 * Who reads the rest of the peer's message: the exchange's own thread when it comes to it, or a second one, where the first is
 * held up for long while there is something to read.
 */
final class Reading {
    /** The time that the first thread has. */
    private static final Duration SECOND_THREAD_DELAY = Duration.ofMillis(10);

    /** Reads to the end. */
    interface Work {
        void run() throws InterruptedException;
    }

    private final Work work;
    private final Terms terms;
    private final Failure failure;
    private final Monitor monitor;

    private final AtomicBoolean claimed = new AtomicBoolean();
    private volatile boolean done;
    private volatile Timer.Task timer = Timer.Task.NONE;
    private volatile @Nullable Thread second;

    Reading(Work work, Terms terms, Failure failure, Monitor monitor) {
        this.work = work;
        this.terms = terms;
        this.failure = failure;
        this.monitor = monitor;
    }

    /** Has a second thread read, if this one does not come to it soon. */
    void soon() {
        if (timer == Timer.Task.NONE) {
            timer = terms.timer().after(SECOND_THREAD_DELAY, this::startSecond);
        }
    }

    private void startSecond() {
        if (!claimed.compareAndSet(false, true)) {
            return;
        }
        try {
            Thread thread = terms.threads().apply(this::runClaimed);
            second = thread;
            thread.start();
        } catch (Throwable e) {
            // no thread could be made
            failure.threw(e);
            done();
        }
    }

    /** Reads; or waits until the second thread has. */
    void now() throws InterruptedException {
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
            failure.lost(new InterruptedIOException("the thread was interrupted"));
        } catch (Throwable e) {
            failure.threw(e);
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

    /** The second thread, where there is one; null if there is none. */
    @Nullable
    Thread second() {
        return second;
    }
}
