package org.restream.internal.net;

import java.time.Duration;
import org.restream.internal.concurrent.Timer;

/** A point in time by which something must be done. */
record Deadline(Timer timer, long nanos) {
    static Deadline after(Duration duration, Timer timer) {
        return new Deadline(timer, timer.nanoTime() + duration.toNanos());
    }

    /** The remaining time, 0 or more. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - timer.nanoTime()));
    }

    boolean isOver() {
        return remaining().isZero();
    }
}
