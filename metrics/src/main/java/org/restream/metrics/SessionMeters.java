package org.restream.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts sessions: their begin and end, and how often and for how long they were without a connection. */
final class SessionMeters {
    private final Counter opened;
    private final Counter ended;
    private final Counter lost;
    private final Timer away;
    private final AtomicLong openNow;
    private final AtomicLong awayNow;
    /** By their short names: one that is away may come back, or end. */
    private final Set<String> areAway = ConcurrentHashMap.newKeySet();

    SessionMeters(Meters meters) {
        opened = meters.counter(".sessions.opened", "Sessions that have begun");
        ended = meters.counter(".sessions.ended", "Sessions that are over");
        lost = meters.counter(".sessions.connections.lost", "Connections that a session has lost");
        away = meters.timer(
                ".sessions.away.duration", "How long sessions that came back had been without a connection");
        openNow = meters.now(".sessions.open", "Sessions that are open now");
        awayNow = meters.now(".sessions.away", "Sessions that have lost their connection, and have no other yet");
    }

    void opened() {
        opened.increment();
        openNow.incrementAndGet();
    }

    void ended(String session) {
        ended.increment();
        openNow.decrementAndGet();
        isBack(session);
    }

    void away(String session) {
        lost.increment();
        if (areAway.add(session)) {
            awayNow.incrementAndGet();
        }
    }

    void resumed(String session, Duration time) {
        away.record(time);
        isBack(session);
    }

    private void isBack(String session) {
        if (areAway.remove(session)) {
            awayNow.decrementAndGet();
        }
    }
}
