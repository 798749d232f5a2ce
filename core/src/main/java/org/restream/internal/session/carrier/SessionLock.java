package org.restream.internal.session.carrier;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.session.Output;

/**
 * The lock of a session. Nobody does I/O or calls foreign code under it; whom a change wakes is woken after it. It also holds the
 * connection that the session has now, since that is what sends what a change has made due.
 */
final class SessionLock {
    /** So few bytes are copied under it; more would keep others waiting for it. */
    static final int FEW_BYTES = 2 * 1024;

    /** What may wait for company goes out alone after this. */
    private static final Duration ACK_DELAY = Duration.ofMillis(25);

    private final BriefLock lock = new BriefLock();
    private final Wakes wakes = new Wakes();
    private final Output output;
    private final Timer timer;
    private @Nullable Carrier carrier;
    /** What is due waits for more. */
    private volatile boolean held;
    /** A timer runs that sends what waits for company. */
    private boolean flushing;

    SessionLock(Output output, Timer timer) {
        this.output = output;
        this.timer = timer;
    }

    void lock() {
        lock.lock();
    }

    /**
     * Lets go of the lock, and then wakes whom the changes have made ready: first those who may have more to send, then who sends.
     */
    void unlock() {
        Carrier now = carrier;
        CarrierWriter.Call call =
                now == null || held ? CarrierWriter.Call.NOTHING : now.writer().wanted();
        boolean arm = now != null && !flushing && output.isDelayed();
        flushing |= arm;
        Wakes taken = wakes.take();
        lock.unlock();
        if (taken != null) {
            taken.run();
        }
        if (now != null) {
            now.writer().call(call);
        }
        if (arm) {
            timer.after(ACK_DELAY, this::flush);
        }
    }

    private void flush() {
        lock();
        flushing = false;
        output.releaseDelayed();
        unlock();
    }

    /** What is due waits for more, until {@link #release}. */
    void hold() {
        held = true;
    }

    /** What is due is sent. */
    void release() {
        if (held) {
            held = false;
            lock();
            unlock();
        }
    }

    /** Does that under the lock. */
    void run(Runnable change) {
        lock();
        try {
            change.run();
        } finally {
            unlock();
        }
    }

    /** What that says, under the lock. */
    <T extends @Nullable Object> T asked(Supplier<T> what) {
        lock();
        try {
            return what.get();
        } finally {
            unlock();
        }
    }

    /** Under the lock: whom to wake, and what to run, after it. */
    Wakes wakes() {
        return wakes;
    }

    /** Under the lock: the connection that the session has now; null where it has none. */
    @Nullable
    Carrier carrier() {
        return carrier;
    }

    /** Under the lock. */
    void carrier(@Nullable Carrier next) {
        carrier = next;
    }
}
