package org.restream.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.restream.FailureKind;
import org.restream.ServerEvent;

/** Counts the events of servers. */
final class ServerMeters {
    private static final List<FailureKind> BEFORE_A_REQUEST = List.of(
            FailureKind.HANDSHAKE,
            FailureKind.HEADER,
            FailureKind.EMPTY,
            FailureKind.ADDRESS_LIMIT,
            FailureKind.SESSION);

    private final Counter connections;
    private final AtomicLong connectionsNow;
    private final Counter proxied;
    private final Map<FailureKind, Counter> rejected = new EnumMap<>(FailureKind.class);
    private final Counter acceptFailures;
    private final Counter fenced;
    private final ExchangeMeters exchanges;
    private final SessionMeters sessions;

    ServerMeters(Meters meters) {
        connections = meters.counter(".connections", "Connections that were accepted");
        connectionsNow = meters.now(".connections.active", "Connections that are open now");
        proxied = meters.counter(".connections.proxied", "Connections that a proxy has made for a client");
        for (FailureKind reason : BEFORE_A_REQUEST) {
            rejected.put(
                    reason,
                    meters.counter(
                            ".connections.rejected",
                            "Connections that were rejected, or have ended without a request",
                            "reason",
                            ExchangeMeters.lower(reason.name())));
        }
        acceptFailures = meters.counter(".accept.failures", "Times when no connection could be accepted");
        fenced = meters.counter(".sessions.fenced", "Connections of a session that a newer one has replaced");
        exchanges = new ExchangeMeters(meters, ExchangeMeters.OF_SERVER);
        sessions = new SessionMeters(meters);
    }

    void count(ServerEvent event) {
        if (event instanceof ServerEvent.Accepted) {
            connections.increment();
            connectionsNow.incrementAndGet();
        } else if (event instanceof ServerEvent.Disconnected) {
            connectionsNow.decrementAndGet();
        } else if (event instanceof ServerEvent.Proxied) {
            proxied.increment();
        } else if (event instanceof ServerEvent.Began) {
            exchanges.began();
        } else if (event instanceof ServerEvent.Completed done) {
            exchanges.ended(null, done.duration(), done.bytesSent(), done.bytesReceived());
        } else if (event instanceof ServerEvent.Failed failed) {
            exchanges.ended(failed.kind(), failed.duration(), failed.bytesSent(), failed.bytesReceived());
        } else if (event instanceof ServerEvent.Rejected no) {
            rejected(no.kind(), no.exchange());
        } else if (event instanceof ServerEvent.NoRequest none) {
            rejected(FailureKind.EMPTY, none.exchange());
        } else if (event instanceof ServerEvent.AcceptFailed) {
            acceptFailures.increment();
        } else {
            countSession(event);
        }
    }

    private void rejected(FailureKind reason, long exchange) {
        if (exchange > 0) {
            exchanges.dropped();
        }
        Counter counter = rejected.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    private void countSession(ServerEvent event) {
        if (event instanceof ServerEvent.SessionOpened) {
            sessions.opened();
        } else if (event instanceof ServerEvent.SessionEnded ended) {
            sessions.ended(ended.session());
        } else if (event instanceof ServerEvent.Away away) {
            sessions.away(away.session());
        } else if (event instanceof ServerEvent.Resumed resumed) {
            sessions.resumed(resumed.session(), resumed.away());
        } else if (event instanceof ServerEvent.Fenced) {
            fenced.increment();
        }
    }
}
