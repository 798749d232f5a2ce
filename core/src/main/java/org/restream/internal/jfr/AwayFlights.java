package org.restream.internal.jfr;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.restream.internal.jfr.ExchangeFlight.Side;

/** Sessions without a connection, by their short names. */
final class AwayFlights {
    private final Side side;
    private final Map<String, ResumeEvent> away = new ConcurrentHashMap<>();

    AwayFlights(Side side) {
        this.side = side;
    }

    void away(String peer, String session, Throwable cause) {
        LossEvent.ofSession(side, peer, session, cause);
        ResumeEvent event = ResumeEvent.begun(side, session);
        if (event != null) {
            away.put(session, event);
        }
    }

    /** The client has tried in vain. */
    void failed(String session) {
        ResumeEvent event = away.get(session);
        if (event != null) {
            event.attempts++;
        }
    }

    void resumed(String peer, String session) {
        if (side == Side.CLIENT) {
            failed(session);
        }
        ended(peer, session, true);
    }

    /** The session is over, whether it was away or not. */
    void over(String peer, String session) {
        ended(peer, session, false);
    }

    private void ended(String peer, String session, boolean resumed) {
        ResumeEvent event = away.remove(session);
        if (event != null) {
            event.ended(peer, resumed);
        }
    }
}
