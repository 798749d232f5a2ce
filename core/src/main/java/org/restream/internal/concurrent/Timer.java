package org.restream.internal.concurrent;

import java.time.Duration;

/** A clock that is passed as an argument: the current time, and delayed work. */
public interface Timer {
    /** A monotonic time in nanoseconds; only differences are meaningful. */
    long nanoTime();

    /** Runs the work after the delay, on a shared thread: it must be short and must not block. */
    Task after(Duration delay, Runnable work);

    /** Delayed work. */
    @FunctionalInterface
    interface Task {
        /** No task. */
        Task NONE = () -> {};

        /** Cancels the work if it has not begun. */
        void cancel();
    }

    /** The real clock. */
    static Timer system() {
        return SystemTimer.INSTANCE;
    }
}
