package org.restream.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;
import org.restream.internal.jfr.ExchangeFlight.Side;

/** A session without a connection, from the loss until it goes on, or is over. */
@Name("restream.Resume")
@Label("Resume")
@Description("A session without a connection, from the loss until it goes on, or is over.")
@Category("restream")
@StackTrace(false)
final class ResumeEvent extends Event {
    private static final ResumeEvent PROBE = new ResumeEvent();

    @Label("Side")
    @Nullable
    String side;

    @Label("Peer")
    @Nullable
    String peer;

    @Label("Session")
    @Nullable
    String session;

    @Label("Attempts")
    @Description("How often the client has tried; 0 at a server, which does not know")
    int attempts;

    @Label("Resumed")
    boolean resumed;

    /** Null where nobody wants it. */
    static @Nullable ResumeEvent begun(Side side, String session) {
        if (!PROBE.isEnabled()) {
            return null;
        }
        ResumeEvent event = new ResumeEvent();
        event.side = FlightText.of(side);
        event.session = session;
        event.begin();
        return event;
    }

    void ended(String at, boolean goesOn) {
        end();
        if (shouldCommit()) {
            peer = at;
            resumed = goesOn;
            commit();
        }
    }
}
