package org.restream.internal.jfr;

import java.net.InetSocketAddress;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A connection that a server has accepted, until its end. */
@Name("restream.Connection")
@Label("Connection")
@Description("A connection that a server has accepted, until its end.")
@Category("restream")
@StackTrace(false)
final class ConnectionEvent extends Event {
    private static final ConnectionEvent PROBE = new ConnectionEvent();

    @Label("Peer")
    @Nullable
    String peer;

    @Label("Secure")
    boolean secure;

    /** Null where nobody wants it. */
    static @Nullable ConnectionEvent begun() {
        if (!PROBE.isEnabled()) {
            return null;
        }
        ConnectionEvent event = new ConnectionEvent();
        event.begin();
        return event;
    }

    void ended(InetSocketAddress of, boolean tls) {
        end();
        if (shouldCommit()) {
            peer = FlightText.of(of);
            secure = tls;
            commit();
        }
    }
}
