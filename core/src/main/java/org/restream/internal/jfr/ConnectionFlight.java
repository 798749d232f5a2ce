package org.restream.internal.jfr;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A server's connection, which was accepted after the first recording, or is {@link #NONE}. */
public final class ConnectionFlight {
    /** One that is not recorded. */
    public static final ConnectionFlight NONE = new ConnectionFlight();

    private @Nullable ConnectionEvent event;

    private ConnectionFlight() {}

    static ConnectionFlight begun() {
        ConnectionFlight flight = new ConnectionFlight();
        Flight.guarded(() -> flight.event = ConnectionEvent.begun());
        return flight;
    }

    /** It has ended; called once at most. */
    public void ended(InetSocketAddress peer, boolean secure) {
        ConnectionEvent begun = event;
        if (begun != null) {
            Flight.guarded(() -> begun.ended(peer, secure));
        }
    }
}
