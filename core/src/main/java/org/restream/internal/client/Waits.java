package org.restream.internal.client;

import java.time.Duration;

/** The waits between attempts: ended by time, by {@code retryNow}, or by an interrupt. */
interface Waits {
    /** Waits so long, or shorter if told to go on now. */
    void await(Duration delay) throws InterruptedException;

    /** In nanoseconds; a duration that is too long for them is about 292 years. */
    static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
