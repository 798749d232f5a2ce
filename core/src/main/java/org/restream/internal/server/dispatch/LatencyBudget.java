package org.restream.internal.server.dispatch;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long exchanges in a batch may take. If they exceed it, each connection gets a thread of its own for a while,
 * twice as long every time, so that handlers that wait for something don't wait for each other.
 */
final class LatencyBudget {
    /** The average time that an exchange may take. */
    static final Duration EACH = Duration.ofNanos(200_000);
    /** How much longer some exchanges may take in total if others have taken less. */
    static final Duration CREDIT = Duration.ofMillis(10);

    static final Duration MIN_PENALTY = Duration.ofMillis(10);
    static final Duration MAX_PENALTY = Duration.ofSeconds(1);
    /** After this many exchanges within the budget the penalty is halved. */
    static final int FORGIVEN_AFTER = 256;

    private final LongSupplier nanoTime;
    private long credit = CREDIT.toNanos();
    private int within;
    private long penalty = MIN_PENALTY.toNanos();
    private boolean exceeded;
    private long exceededUntil;

    LatencyBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether the budget allows a batch now. */
    synchronized boolean isKept() {
        if (exceeded && nanoTime.getAsLong() - exceededUntil >= 0) {
            exceeded = false;
        }
        return !exceeded;
    }

    /** Records how long an exchange took; returns whether the next one may follow it on the same thread. */
    synchronized boolean allows(long nanos) {
        credit = Math.min(CREDIT.toNanos(), credit + EACH.toNanos() - nanos);
        if (credit < 0) {
            exceed();
            return false;
        }
        if (++within == FORGIVEN_AFTER) {
            within = 0;
            penalty = Math.max(MIN_PENALTY.toNanos(), penalty / 2);
        }
        return true;
    }

    synchronized void exceed() {
        credit = CREDIT.toNanos();
        exceeded = true;
        exceededUntil = nanoTime.getAsLong() + penalty;
        penalty = Math.min(MAX_PENALTY.toNanos(), penalty * 2);
    }
}
