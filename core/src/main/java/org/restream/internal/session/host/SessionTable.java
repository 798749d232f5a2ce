package org.restream.internal.session.host;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
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

    @Nullable
    HostedSession get(SessionId id) {
        return sessions.get(id);
    }

    boolean isDraining() {
        return draining;
    }

    /** Why no session from there may begin; null where one may. One that waits with nothing in it gives way. */
    Hello.@Nullable Refuse refusal(InetAddress from) {
        if (draining) {
            return Hello.Refuse.of(RefuseCode.DRAINING, STOPPING);
        }
        List<HostedSession> all = List.copyOf(sessions.values());
        List<HostedSession> ofAddress = all.stream()
                .filter(session -> session.peer().getAddress().equals(from))
                .toList();
        boolean full = all.size() >= config.sessions() && !makeRoom(all);
        if (full || (ofAddress.size() >= config.sessionsPerAddress() && !makeRoom(ofAddress))) {
            return new Hello.Refuse(RefuseCode.BUSY, "too many sessions", null, 1_000, List.of(), List.of());
        }
        return null;
    }

    private boolean makeRoom(List<HostedSession> of) {
        return of.stream()
                .anyMatch(session -> session.isEmptyAndWaiting()
                        && end(session, ByeCode.IDLE, "its place was needed, and nothing lived in it"));
    }

    /** Takes a session in; or says why not. */
    synchronized Hello.@Nullable Refuse enter(HostedSession session) {
        if (closed) {
            return Hello.Refuse.of(RefuseCode.DRAINING, STOPPING);
        }
        if (sessions.putIfAbsent(session.id(), session) != null) {
            return Hello.Refuse.of(RefuseCode.FENCED, "there is a session of that name");
        }
        listener.opened(session);
        if (draining) {
            // begun in the moment of the drain, which may not have seen it
            session.shared().goAway(ByeCode.SHUTDOWN, Duration.ZERO, STOPPING);
        }
        return null;
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
            sessions.remove(session.id(), session);
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
