package org.restream.internal.server;

import java.time.Duration;

/**
 * Whether handlers return soon enough to be called by turns. Where they do not, each connection gets a thread of its own again,
 * until that many have been served, twice as many every time: handlers that wait for something don't wait for each other.
 */
final class Pace {
    /** What an exchange may take. */
    static final Duration EACH = Duration.ofNanos(100_000);
    /** How much longer some of them may take, all in all, where others take less. */
    static final Duration CREDIT = Duration.ofMillis(5);

    static final int LEAST = 64;
    static final int MOST = 8_192;
    /** After so many the pace was lost for other reasons than theirs. */
    static final int REGAINED = 1_024;

    private long credit = CREDIT.toNanos();
    private int kept;
    private int penalty = LEAST;
    private int withheld;

    /** Asked for each connection that could begin one. */
    synchronized boolean allowsTurns() {
        if (withheld > 0) {
            withheld--;
            return false;
        }
        return true;
    }

    /** An exchange took so long; whether its turn may go on. */
    synchronized boolean isKept(long nanos) {
        credit = Math.min(CREDIT.toNanos(), credit + EACH.toNanos() - nanos);
        if (credit < 0) {
            lose();
            return false;
        }
        if (++kept % REGAINED == 0) {
            penalty = Math.max(LEAST, penalty / 2);
        }
        return true;
    }

    synchronized void lose() {
        credit = CREDIT.toNanos();
        withheld = penalty;
        penalty = Math.min(MOST, penalty * 2);
    }
}
