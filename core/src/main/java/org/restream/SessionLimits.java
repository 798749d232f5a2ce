package org.restream;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server promises to sessions, and what it holds them to. Immutable: each setter returns a copy with the new value, so start
 * with {@link #defaults()}. A setter that is given a bad value throws an {@link IllegalArgumentException}, whose message names the
 * limit, the value and the rule.
 */
public final class SessionLimits {
    private static final SessionLimits DEFAULTS = new SessionLimits(Duration.ofMinutes(1), 256, 10_000, 256);
    private static final Duration MAX_KEEP = Duration.ofDays(1);

    private final Duration keep;
    private final int exchanges;
    private final int sessions;
    private final int sessionsPerAddress;

    private SessionLimits(Duration keep, int exchanges, int sessions, int sessionsPerAddress) {
        this.keep = keep;
        this.exchanges = exchanges;
        this.sessions = sessions;
        this.sessionsPerAddress = sessionsPerAddress;
    }

    /** {@return the limits in which each has its default} */
    public static SessionLimits defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how long the exchanges of a session live on after its connection was lost. A client that comes back in this time goes
     * on where it was; after it the session is over, and its exchanges fail.
     *
     * @param keep 0 to 1 day; 0: a lost connection ends the session. Default: 1 minute
     * @return a copy with this value
     */
    public SessionLimits keep(Duration keep) {
        Duration checked = Check.notNegative("keep", keep);
        if (checked.compareTo(MAX_KEEP) > 0) {
            throw new IllegalArgumentException("keep must be at most 1 day, but is " + keep);
        }
        return new SessionLimits(checked, exchanges, sessions, sessionsPerAddress);
    }

    /** {@return how long the exchanges of a session live on after its connection was lost} */
    public Duration keep() {
        return keep;
    }

    /**
     * Sets how many exchanges of one session may be open at a time. A client's further ones wait.
     *
     * @param exchanges 1 to 65,536. Default: 256
     * @return a copy with this value
     */
    public SessionLimits exchanges(int exchanges) {
        return new SessionLimits(keep, Check.inRange("exchanges", 1, 65_536, exchanges), sessions, sessionsPerAddress);
    }

    /** {@return how many exchanges of one session may be open at a time: 1 to 65,536} */
    public int exchanges() {
        return exchanges;
    }

    /**
     * Sets how many sessions the server has at a time. Further clients are told to come again later.
     *
     * @param sessions 1 or more. Default: 10,000
     * @return a copy with this value
     */
    public SessionLimits sessions(int sessions) {
        return new SessionLimits(keep, exchanges, Check.atLeast("sessions", 1, sessions), sessionsPerAddress);
    }

    /** {@return how many sessions the server has at a time: 1 or more} */
    public int sessions() {
        return sessions;
    }

    /**
     * Sets how many sessions clients of one address have at a time.
     *
     * @param sessionsPerAddress 1 or more. Default: 256
     * @return a copy with this value
     */
    public SessionLimits sessionsPerAddress(int sessionsPerAddress) {
        return new SessionLimits(keep, exchanges, sessions, Check.atLeast("sessionsPerAddress", 1, sessionsPerAddress));
    }

    /** {@return how many sessions clients of one address have at a time: 1 or more} */
    public int sessionsPerAddress() {
        return sessionsPerAddress;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionLimits that
                && keep.equals(that.keep)
                && exchanges == that.exchanges
                && sessions == that.sessions
                && sessionsPerAddress == that.sessionsPerAddress;
    }

    @Override
    public int hashCode() {
        return Objects.hash(keep, exchanges, sessions, sessionsPerAddress);
    }

    /** {@return each limit's name and value} */
    @Override
    public String toString() {
        return "SessionLimits[keep=" + keep + ", exchanges=" + exchanges + ", sessions=" + sessions
                + ", sessionsPerAddress=" + sessionsPerAddress + "]";
    }
}
