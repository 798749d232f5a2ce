package org.restream;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a server promises to sessions, and what it holds them to. Immutable: each setter returns a copy with the new value, so start
 * with {@link #defaults()}. A setter that is given a bad value throws an {@link IllegalArgumentException}, whose message names the
 * limit, the value and the rule.
 */
public final class SessionLimits {
    private static final SessionLimits DEFAULTS = new SessionLimits();
    private static final Duration MAX_KEEP = Duration.ofDays(1);
    private static final long MIN_MEMORY = 1024 * 1024;

    private Duration keep = Duration.ofMinutes(1);
    private int exchanges = 256;
    private int sessions = 10_000;
    private int sessionsPerAddress = 256;
    private int sessionsPerIdentity = 1_024;
    private int awayPerAddress = 64;
    private int handlers = 10_000;
    private long sessionMemory = 0;
    private Duration stallTimeout = Duration.ofMinutes(10);

    private SessionLimits() {}

    /** {@return the limits in which each has its default} */
    public static SessionLimits defaults() {
        return DEFAULTS;
    }

    private SessionLimits with(Consumer<SessionLimits> change) {
        SessionLimits copy = new SessionLimits();
        copy.keep = keep;
        copy.exchanges = exchanges;
        copy.sessions = sessions;
        copy.sessionsPerAddress = sessionsPerAddress;
        copy.sessionsPerIdentity = sessionsPerIdentity;
        copy.awayPerAddress = awayPerAddress;
        copy.handlers = handlers;
        copy.sessionMemory = sessionMemory;
        copy.stallTimeout = stallTimeout;
        change.accept(copy);
        return copy;
    }

    /**
     * Sets how long the exchanges of a session live on after its connection was lost. A client that comes back in this time goes
     * on where it was; after it the session is over, and its exchanges fail.
     *
     * @param keep 0 to 1 day; 0: a lost connection ends the session. Default: 1 minute
     * @return a copy with this value
     */
    public SessionLimits keep(Duration keep) {
        Duration checked = checkedKeep(keep);
        return with(copy -> copy.keep = checked);
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
        int checked = Check.inRange("exchanges", 1, 65_536, exchanges);
        return with(copy -> copy.exchanges = checked);
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
        int checked = Check.atLeast("sessions", 1, sessions);
        return with(copy -> copy.sessions = checked);
    }

    /** {@return how many sessions the server has at a time: 1 or more} */
    public int sessions() {
        return sessions;
    }

    /**
     * Sets how many sessions clients of one address have at a time; of IPv6 the first 64 bits count.
     *
     * @param sessionsPerAddress 1 or more. Default: 256
     * @return a copy with this value
     */
    public SessionLimits sessionsPerAddress(int sessionsPerAddress) {
        int checked = Check.atLeast("sessionsPerAddress", 1, sessionsPerAddress);
        return with(copy -> copy.sessionsPerAddress = checked);
    }

    /** {@return how many sessions clients of one address have at a time: 1 or more} */
    public int sessionsPerAddress() {
        return sessionsPerAddress;
    }

    /**
     * Sets how many sessions clients have at a time that show one certificate, or several with the same key.
     *
     * @param sessionsPerIdentity 1 or more. Default: 1,024
     * @return a copy with this value
     */
    public SessionLimits sessionsPerIdentity(int sessionsPerIdentity) {
        int checked = Check.atLeast("sessionsPerIdentity", 1, sessionsPerIdentity);
        return with(copy -> copy.sessionsPerIdentity = checked);
    }

    /** {@return how many sessions clients with one key in their certificate have at a time: 1 or more} */
    public int sessionsPerIdentity() {
        return sessionsPerIdentity;
    }

    /**
     * Sets how many sessions of one address may wait for their client at a time. While there are so many, further ones of that address
     * are not kept after a loss, and their clients know that; those that wait go on waiting.
     *
     * @param awayPerAddress 1 or more. Default: 64
     * @return a copy with this value
     */
    public SessionLimits awayPerAddress(int awayPerAddress) {
        int checked = Check.atLeast("awayPerAddress", 1, awayPerAddress);
        return with(copy -> copy.awayPerAddress = checked);
    }

    /** {@return how many sessions of one address may wait for their client at a time: 1 or more} */
    public int awayPerAddress() {
        return awayPerAddress;
    }

    /**
     * Sets how many handlers run at a time for the exchanges of all sessions. A further exchange is refused before its handler is
     * called: it was never started, and its client may try it again.
     *
     * @param handlers 1 or more. Default: 10,000
     * @return a copy with this value
     */
    public SessionLimits handlers(int handlers) {
        int checked = Check.atLeast("handlers", 1, handlers);
        return with(copy -> copy.handlers = checked);
    }

    /** {@return how many handlers run at a time for the exchanges of all sessions: 1 or more} */
    public int handlers() {
        return handlers;
    }

    /**
     * Sets how many bytes all sessions together may be granted for what was received and is not read, and what was written and has not
     * arrived. Where little is left, new sessions begin with fewer exchanges at a time, and windows do not grow; where nothing is,
     * further clients have to come again later. What was granted is never taken back.
     *
     * @param sessionMemory 1 MiB or more, in bytes; 0: a quarter of the largest heap. Default: 0
     * @return a copy with this value
     */
    public SessionLimits sessionMemory(long sessionMemory) {
        long checked = checkedMemory(sessionMemory);
        return with(copy -> copy.sessionMemory = checked);
    }

    /** {@return how many bytes all sessions together may be granted: 1 MiB or more; 0: a quarter of the largest heap} */
    public long sessionMemory() {
        return sessionMemory;
    }

    /**
     * Sets how long a client that is connected may take nothing of an answer that waits for it. Then the exchange is cut. A request of
     * which nothing comes is not, and neither is a handler that takes its time.
     *
     * @param stallTimeout 0 or more; 0: any time. Default: 10 minutes
     * @return a copy with this value
     */
    public SessionLimits stallTimeout(Duration stallTimeout) {
        Duration checked = Check.notNegative("stallTimeout", stallTimeout);
        return with(copy -> copy.stallTimeout = checked);
    }

    /** {@return how long a client that is connected may take nothing of an answer that waits for it; 0: any time} */
    public Duration stallTimeout() {
        return stallTimeout;
    }

    private static Duration checkedKeep(Duration keep) {
        Duration checked = Check.notNegative("keep", keep);
        if (checked.compareTo(MAX_KEEP) > 0) {
            throw new IllegalArgumentException("keep must be at most 1 day, but is " + keep);
        }
        return checked;
    }

    private static long checkedMemory(long sessionMemory) {
        if (sessionMemory != 0 && sessionMemory < MIN_MEMORY) {
            throw new IllegalArgumentException(
                    "sessionMemory must be 0, or at least " + MIN_MEMORY + ", but is " + sessionMemory);
        }
        return sessionMemory;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionLimits that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    private List<Object> values() {
        return List.of(
                keep,
                exchanges,
                sessions,
                sessionsPerAddress,
                sessionsPerIdentity,
                awayPerAddress,
                handlers,
                sessionMemory,
                stallTimeout);
    }

    /** {@return each limit's name and value} */
    @Override
    public String toString() {
        return "SessionLimits[keep=" + keep + ", exchanges=" + exchanges + ", sessions=" + sessions
                + ", sessionsPerAddress=" + sessionsPerAddress + ", sessionsPerIdentity=" + sessionsPerIdentity
                + ", awayPerAddress=" + awayPerAddress + ", handlers=" + handlers + ", sessionMemory=" + sessionMemory
                + ", stallTimeout=" + stallTimeout + "]";
    }
}
