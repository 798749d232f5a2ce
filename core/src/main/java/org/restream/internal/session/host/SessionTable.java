package org.restream.internal.session.host;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.session.carrier.SessionOverException;
import org.restream.internal.session.wire.ByeCode;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.RefuseCode;
import org.restream.internal.session.wire.SessionId;

/** The sessions that live: who may enter, and how each ends, which the listener hears of. */
final class SessionTable {
    private static final String STOPPING = "the server is about to stop";

    private final HostConfig config;
    private final HostListener listener;
    private final ConcurrentHashMap<SessionId, HostedSession> sessions = new ConcurrentHashMap<>();
    private final Tally byAddress = new Tally();
    private final Tally byIdentity = new Tally();
    private final Tally away = new Tally();
    /** Signals that a session has been removed. */
    private final Monitor removed = new Monitor();

    private volatile boolean draining;
    /** No session enters any more. */
    private boolean closed;

    SessionTable(HostConfig config, HostListener listener) {
        this.config = config;
        this.listener = listener;
    }

    int count() {
        return sessions.size();
    }

    /** Null where there is none, or it is about to end. */
    @Nullable
    HostedSession get(SessionId id) {
        HostedSession session = sessions.get(id);
        return session == null || session.isEnding() ? null : session;
    }

    boolean isDraining() {
        return draining;
    }

    /** Takes a session in; or says why not. One that waits with nothing in it gives way. */
    synchronized Hello.@Nullable Refuse enter(HostedSession session) {
        if (closed || draining) {
            return Hello.Refuse.of(RefuseCode.DRAINING, STOPPING);
        }
        if (isFull(session)) {
            return busy("too many sessions");
        }
        if (sessions.putIfAbsent(session.id(), session) != null) {
            return Hello.Refuse.of(RefuseCode.FENCED, "there is a session of that name");
        }
        count(session, 1);
        listener.opened(session);
        if (draining) {
            // begun in the moment of the drain, which may not have seen it
            session.shared().goAway(ByeCode.SHUTDOWN, Duration.ZERO, STOPPING);
        }
        return null;
    }

    static Hello.Refuse busy(String why) {
        return new Hello.Refuse(RefuseCode.BUSY, why, null, 1_000, List.of(), List.of());
    }

    private boolean isFull(HostedSession next) {
        Object network = next.network();
        Object identity = next.identity();
        return (sessions.size() >= config.sessions() && !makeRoom(other -> true))
                || (byAddress.of(network) >= config.sessionsPerAddress()
                        && !makeRoom(other -> other.network().equals(network)))
                || (byIdentity.of(identity) >= config.sessionsPerIdentity()
                        && !makeRoom(other -> Objects.equals(other.identity(), identity)));
    }

    private void count(HostedSession session, int more) {
        byAddress.add(session.network(), more);
        byIdentity.add(session.identity(), more);
    }

    private boolean makeRoom(Predicate<HostedSession> among) {
        for (HostedSession session : sessions.values()) {
            if (among.test(session)
                    && session.isEmptyAndWaiting()
                    && end(session, ByeCode.IDLE, "its place was needed, and nothing lived in it")) {
                return true;
            }
        }
        return false;
    }

    /** How long a new session from there may be kept after a loss: not at all, where many of them wait already. */
    Duration keep(Object network) {
        return away.of(network) >= config.awayPerAddress() ? Duration.ZERO : config.keep();
    }

    /** How many of each address wait. */
    Tally away() {
        return away;
    }

    private boolean end(HostedSession session, int code, String why) {
        return end(session, code, new SessionOverException(why));
    }

    /**
     * Ends a session. It is removed last: once none is left, the end of each has been reported.
     *
     * @return false where another thread has begun to
     */
    boolean end(HostedSession session, int code, IOException why) {
        if (!session.beginEnd()) {
            return false;
        }
        try {
            session.end(code, why);
            listener.ended(session, why);
        } finally {
            if (sessions.remove(session.id(), session)) {
                count(session, -1);
            }
            removed.signal();
        }
        return true;
    }

    /** None enters from now on. Each ends as soon as nothing lives in it. */
    void drain(Duration grace) {
        draining = true;
        sessions.values().forEach(session -> session.shared().goAway(ByeCode.SHUTDOWN, grace, STOPPING));
    }

    /** Ends all. */
    void close() {
        draining = true;
        synchronized (this) {
            closed = true;
        }
        sessions.values().forEach(session -> end(session, ByeCode.SHUTDOWN, "the server was closed"));
    }

    /** Waits, after {@link #close}, until the listener has heard of the end of each. */
    void awaitEnded() {
        removed.awaitUninterruptibly(sessions::isEmpty);
    }
}
