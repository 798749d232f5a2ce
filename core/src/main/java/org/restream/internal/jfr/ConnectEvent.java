package org.restream.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ServerAddress;

/** A client's attempt to connect, with the TLS handshake and the first line of a session. */
@Name("restream.Connect")
@Label("Connect")
@Description("A client's attempt to connect, with the TLS handshake and the first line of a session.")
@Category("restream")
@StackTrace(false)
final class ConnectEvent extends Event {
    private static final ConnectEvent PROBE = new ConnectEvent();

    @Label("Server")
    @Nullable
    String server;

    @Label("Attempt")
    long attempt;

    @Label("Connected")
    boolean connected;

    @Label("Failures in a Row")
    int failures;

    @Label("Failure Kind")
    @Nullable
    String kind;

    @Label("Message")
    @Nullable
    String message;

    /** Null where nobody wants it. */
    static @Nullable ConnectEvent begun() {
        return PROBE.isEnabled() ? begun(new ConnectEvent()) : null;
    }

    private static ConnectEvent begun(ConnectEvent event) {
        event.begin();
        return event;
    }

    void connected(ServerAddress to, long number) {
        end();
        if (shouldCommit()) {
            server = to.toString();
            attempt = number;
            connected = true;
            commit();
        }
    }

    void failed(ClientEvent.Failed failed) {
        end();
        if (shouldCommit()) {
            server = failed.server().toString();
            attempt = failed.attempt();
            failures = failed.failures();
            kind = FlightText.of(failed.kind());
            message = FlightText.of(failed.cause());
            commit();
        }
    }
}
