package org.restream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The options of a client that say when it tries again, how long it waits before that, and when it gives up. */
abstract sealed class ReconnectOptions extends ConnectionOptions<ClientOptions, ClientEvent> permits ClientOptions {
    Duration retryDelay = Duration.ofSeconds(30);
    int resetTimeout = 10;
    double jitter;
    boolean fastFailover;

    @Nullable
    Backoff backoff;

    int maxFailures;
    Duration maxTime = Duration.ZERO;
    Reconnect reconnect = Reconnect.UNTIL_COMPLETE;

    /** Only {@link ClientOptions} extends this. */
    ReconnectOptions() {}

    /**
     * Sets the wait after the first failure. After further failures in a row the wait is this delay times their number. An
     * attempt has failed if no connection could be made, or if the connection was lost. The count starts again at 0 when the
     * peer's header or clean end arrives; a connection that was only made does not reset it. This is not the time-out of an
     * attempt: that is {@link ClientOptions#connectTimeout(Duration)}.
     *
     * @param retryDelay 0 or more; 0 tries again without a pause and keeps a processor busy. Default: 30 s
     * @return a copy with this value
     */
    public ClientOptions retryDelay(Duration retryDelay) {
        return with(copy -> copy.retryDelay = Check.notNegative("retryDelay", retryDelay));
    }

    /** {@return the wait after the first failure: 0 or more} */
    public Duration retryDelay() {
        return retryDelay;
    }

    /**
     * Sets {@link #retryDelay(Duration)}, under the name that it has in the original.
     *
     * @param timeout 0 or more
     * @return a copy with this value
     * @deprecated It is not a time-out: use {@link #retryDelay(Duration)}. It will not be removed.
     */
    @Deprecated
    public ClientOptions timeout(Duration timeout) {
        return with(copy -> copy.retryDelay = Check.notNegative("timeout", timeout));
    }

    /**
     * Returns {@link #retryDelay()}, under the name that it has in the original.
     *
     * @return the wait after the first failure: 0 or more
     * @deprecated Use {@link #retryDelay()}. It will not be removed.
     */
    @Deprecated
    public Duration timeout() {
        return retryDelay;
    }

    /**
     * Sets after how many failures in a row the wait starts again at one {@code retryDelay}. So the longest wait is
     * {@code retryDelay * resetTimeout}. It does not affect the count for {@link #maxFailures(int)}.
     *
     * @param resetTimeout a number of failures, 1 or more. Default: 10
     * @return a copy with this value
     */
    public ClientOptions resetTimeout(int resetTimeout) {
        return with(copy -> copy.resetTimeout = Check.atLeast("resetTimeout", 1, resetTimeout));
    }

    /** {@return the largest multiple of {@code retryDelay} that is waited: 1 or more} */
    public int resetTimeout() {
        return resetTimeout;
    }

    /**
     * Sets how much of each wait is random, so that many clients do not all come back at the same moment. With 0.2 each wait
     * is between 80 and 100 % of what the back-off says. It applies to every back-off, also to the longest waits.
     *
     * @param jitter a share, from 0 to 1. Default: 0
     * @return a copy with this value
     */
    public ClientOptions jitter(double jitter) {
        return with(copy -> copy.jitter = Check.fraction("jitter", jitter));
    }

    /** {@return the share of each wait that is random: 0 to 1} */
    public double jitter() {
        return jitter;
    }

    /**
     * Sets whether the client moves from one server of its list to the next without a wait. Then it waits only when each server
     * has failed since the last wait or completed exchange. It has no effect where there is only one server.
     *
     * @param fastFailover true for no wait within a pass over the list. Default: false
     * @return a copy with this value
     */
    public ClientOptions fastFailover(boolean fastFailover) {
        return with(copy -> copy.fastFailover = fastFailover);
    }

    /** {@return whether there is no wait within a pass over the servers} */
    public boolean fastFailover() {
        return fastFailover;
    }

    /**
     * Replaces the formula of {@link #retryDelay(Duration)} and {@link #resetTimeout(int)}.
     *
     * @param backoff returns the wait for a number of failures in a row; called on the client's thread. If it throws, or
     *     returns a negative duration, the client fails. Default: {@link Backoff#linear linear(retryDelay, resetTimeout)}
     * @return a copy with this value
     */
    public ClientOptions backoff(Backoff backoff) {
        return with(copy -> copy.backoff = Check.notNull("backoff", backoff));
    }

    /** {@return the back-off in use: the one that was set, or the linear one of {@code retryDelay} and {@code resetTimeout}} */
    public Backoff backoff() {
        return backoff != null ? backoff : Backoff.linear(retryDelay, resetTimeout);
    }

    /**
     * Removes the back-off: the formula of {@link #retryDelay(Duration)} and {@link #resetTimeout(int)} applies again.
     *
     * @return a copy without it
     */
    public ClientOptions withoutBackoff() {
        return with(copy -> copy.backoff = null);
    }

    /**
     * Sets after how many failures in a row, counted over all servers, the client gives up. Its {@code completion()} then fails
     * with a {@link GaveUpException}.
     *
     * @param maxFailures 1 or more; 0 means never. Default: 0
     * @return a copy with this value
     */
    public ClientOptions maxFailures(int maxFailures) {
        return with(copy -> copy.maxFailures = Check.atLeast("maxFailures", 0, maxFailures));
    }

    /** {@return after how many failures in a row the client gives up; 0 means never} */
    public int maxFailures() {
        return maxFailures;
    }

    /**
     * Sets the time for everything: from the start of the client to the completion of its exchange, with all attempts and waits.
     * When it is over, the client gives up: it resets a connection that is open, and its {@code completion()} fails with a
     * {@link GaveUpException}. It also limits a client with {@link Reconnect#ALWAYS}.
     *
     * @param maxTime 0 or more; 0 means no limit. Default: 0
     * @return a copy with this value
     */
    public ClientOptions maxTime(Duration maxTime) {
        return with(copy -> copy.maxTime = Check.notNegative("maxTime", maxTime));
    }

    /** {@return the time for everything; 0 means no limit} */
    public Duration maxTime() {
        return maxTime;
    }

    /**
     * Sets when the handler is called again.
     *
     * @param reconnect the mode. Default: {@link Reconnect#UNTIL_COMPLETE}
     * @return a copy with this value
     */
    public ClientOptions reconnect(Reconnect reconnect) {
        return with(copy -> copy.reconnect = Check.notNull("reconnect", reconnect));
    }

    /** {@return when the handler is called again} */
    public Reconnect reconnect() {
        return reconnect;
    }
}
