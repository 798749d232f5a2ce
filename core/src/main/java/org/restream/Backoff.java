package org.restream;

import java.time.Duration;

/**
 * Determines the wait before the next attempt from the number of attempts that have failed in a row.
 *
 * <p>It is called once before each wait, on the client's thread. It is not called where {@link
 * ClientOptions#fastFailover() fastFailover} skips the wait. If it throws, or returns null or a negative delay, the
 * client fails.
 */
@FunctionalInterface
public interface Backoff {
    /**
     * The wait before the next attempt.
     *
     * @param failures how many attempts in a row have failed, 1 or more; also 1 for the wait after an empty answer in
     *     mode {@link Reconnect#ALWAYS}
     * @return the wait, 0 or more; {@link ClientOptions#jitter() jitter} is applied to it afterwards
     */
    Duration delay(int failures);

    /**
     * The default formula: {@code retryDelay} times the number of failures, where the multiplier starts again at 1
     * after {@code resetTimeout} failures. So the waits are {@code retryDelay * 1, * 2, … * resetTimeout, * 1, …}.
     *
     * @param retryDelay the wait after the first failure, 0 or more
     * @param resetTimeout the largest multiplier, 1 or more
     * @return the back-off
     * @throws IllegalArgumentException if {@code retryDelay} is negative, or {@code resetTimeout} is less than 1
     */
    static Backoff linear(Duration retryDelay, int resetTimeout) {
        Check.notNegative("retryDelay", retryDelay);
        Check.atLeast("resetTimeout", 1, resetTimeout);
        return failures -> retryDelay.multipliedBy((failures - 1) % resetTimeout + 1L);
    }
}
