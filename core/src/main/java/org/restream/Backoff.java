package org.restream;

import java.time.Duration;

/**
 * How long to wait before the next attempt, given how many have failed in a row.
 *
 * <p>It is asked once before each wait, on the client's thread; not where there is none, as between the servers of a pass with
 * {@link ClientOptions#fastFailover() fastFailover}. What it throws ends the client, and so do null and a negative delay.
 */
@FunctionalInterface
public interface Backoff {
    /**
     * The wait before the next attempt.
     *
     * @param failures how many attempts in a row have failed, 1 or more; also 1 for the wait after an empty answer in mode
     *     {@link Reconnect#ALWAYS}
     * @return the wait, not negative; jitter is drawn after it
     */
    Duration delay(int failures);

    /**
     * The original's formula: {@code retryDelay} times the number of failures; after {@code resetTimeout} failures the
     * multiplier starts again at 1. So the waits are {@code retryDelay * 1, * 2, … * resetTimeout, * 1, …}.
     *
     * @param retryDelay the wait after the first failure, not negative
     * @param resetTimeout the largest multiplier, 1 or more
     * @return the back-off
     * @throws IllegalArgumentException if a value breaks its rule
     */
    static Backoff linear(Duration retryDelay, int resetTimeout) {
        Check.notNegative("retryDelay", retryDelay);
        Check.atLeast("resetTimeout", 1, resetTimeout);
        return failures -> retryDelay.multipliedBy((failures - 1) % resetTimeout + 1L);
    }
}
