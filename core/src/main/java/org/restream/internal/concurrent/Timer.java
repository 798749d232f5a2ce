package org.restream.internal.concurrent;

import java.time.Duration;

/** Time, handed in: what the clock says, and work to be done later. */
public interface Timer {
    /** A time that only grows, in nanoseconds; only differences mean something. */
    long nanoTime();

    /** Runs the work after the delay, on a thread that all timers share: it must be short and must not block. */
    Task after(Duration delay, Runnable work);

    /** Work that is due later. */
    @FunctionalInterface
    interface Task {
        /** No task. */
        Task NONE = () -> {};

        /** Does not run the work, if it has not begun. */
        void cancel();
    }

    /** The real clock. */
    static Timer system() {
        return SystemTimer.INSTANCE;
    }
}
