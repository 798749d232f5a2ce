package org.restream.internal.session.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The waits before the attempts to resume a session: none, then 0.1 s, doubled each time up to 5 s, a fifth more or less. Only
 * progress begins them anew: a server that accepts each attempt, and fails then, is not asked without a pause.
 */
final class ResumeSchedule {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final double SPREAD = 0.2;

    private final DoubleSupplier chance;
    private int attempts;
    private long progress = -1;

    /**
     * @param chance gives a number from 0 to 1 for each wait
     */
    ResumeSchedule(DoubleSupplier chance) {
        this.chance = chance;
    }

    /**
     * A connection was lost.
     *
     * @param progressNow differs from that of the loss before if anything has moved since
     */
    void lost(long progressNow) {
        if (progressNow != progress) {
            progress = progressNow;
            attempts = 0;
        }
    }

    Duration next() {
        int attempt = attempts++;
        if (attempt == 0) {
            return Duration.ZERO;
        }
        double millis = Math.min((double) MOST.toMillis(), FIRST.toMillis() * Math.pow(2, attempt - 1.0));
        return Duration.ofNanos((long) (millis * 1e6 * (1 - SPREAD + 2 * SPREAD * chance.getAsDouble())));
    }
}
