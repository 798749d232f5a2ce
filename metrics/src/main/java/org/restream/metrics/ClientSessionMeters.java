package org.restream.metrics;

import org.restream.ClientEvent;

/** Counts the sessions of a client. */
final class ClientSessionMeters {
    private final SessionMeters sessions;

    ClientSessionMeters(Meters meters) {
        sessions = new SessionMeters(meters);
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
        }
    }
}
