package org.restream.internal.session.host;

import java.time.Duration;

/** The last times that a session was taken from a connection that seemed to live. */
final class Takeovers {
    static final int MOST = 10;
    static final Duration WINDOW = Duration.ofSeconds(10);

    private final long[] times = new long[MOST];
    private int count;

    /** Whether one more may be now, which is counted then. */
    boolean mayBe(long now) {
        if (count >= MOST && now - times[count % MOST] < WINDOW.toNanos()) {
            return false;
        }
        times[count % MOST] = now;
        // stays in its cycle for ever
        count = count + 1 < 2 * MOST ? count + 1 : MOST;
        return true;
    }
}
