package org.restream.metrics;

import io.micrometer.core.instrument.Counter;
import org.restream.ClientEvent;

/** Counts the sessions of a client. */
final class ClientSessionMeters {
    private final SessionMeters sessions;
    private final Counter resumeFailures;

    ClientSessionMeters(Meters meters) {
        sessions = new SessionMeters(meters);
        resumeFailures =
                meters.counter(".sessions.resume.failures", "Attempts to come back to a session that have failed");
    }

    void count(ClientEvent event) {
        if (event instanceof ClientEvent.SessionOpened) {
            sessions.opened();
        } else if (event instanceof ClientEvent.SessionEnded ended) {
            sessions.ended(ended.session());
        } else if (event instanceof ClientEvent.Away away) {
            sessions.away(away.session());
        } else if (event instanceof ClientEvent.Resumed resumed) {
            sessions.resumed(resumed.session(), resumed.away());
        } else if (event instanceof ClientEvent.ResumeFailed) {
            resumeFailures.increment();
        }
    }
}
