package org.restream.internal.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether handlers return soon enough to be called by turns. Where they do not, each connection gets a thread of its own again for
 * a while, twice as long every time: handlers that wait for something don't wait for each other.
 */
final class Pace {
    /** What an exchange may take. */
    static final Duration EACH = Duration.ofNanos(200_000);
    /** How much longer some of them may take, all in all, where others take less. */
    static final Duration CREDIT = Duration.ofMillis(10);

    static final Duration LEAST = Duration.ofMillis(10);
    static final Duration MOST = Duration.ofSeconds(1);
    /** After so many the pace was lost for other reasons than theirs. */
    static final int REGAINED = 256;

    private final LongSupplier nanoTime;
    private long credit = CREDIT.toNanos();
    private int kept;
    private long penalty = LEAST.toNanos();
    private boolean lost;
    private long lostUntil;

    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized boolean allowsTurns() {
        if (lost && nanoTime.getAsLong() - lostUntil >= 0) {
            lost = false;
        }
        return !lost;
    }

    /** An exchange took so long; whether its turn may go on. */
    synchronized boolean isKept(long nanos) {
        credit = Math.min(CREDIT.toNanos(), credit + EACH.toNanos() - nanos);
        if (credit < 0) {
            lose();
            return false;
        }
        if (++kept == REGAINED) {
            kept = 0;
            penalty = Math.max(LEAST.toNanos(), penalty / 2);
        }
        return true;
    }

    synchronized void lose() {
        credit = CREDIT.toNanos();
        lost = true;
        lostUntil = nanoTime.getAsLong() + penalty;
        penalty = Math.min(MOST.toNanos(), penalty * 2);
    }
}
