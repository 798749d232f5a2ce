package org.restream.internal.jfr;

import java.net.InetSocketAddress;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;
import org.restream.FailureKind;

/** A server has rejected a connection, or it has ended without a request. */
@Name("restream.Rejection")
@Label("Rejection")
@Description("A server has rejected a connection, or it has ended without a request.")
@Category("restream")
@StackTrace(false)
final class RejectionEvent extends Event {
    private static final RejectionEvent PROBE = new RejectionEvent();

    @Label("Peer")
    @Nullable
    String peer;

    @Label("Failure Kind")
    @Nullable
    String kind;

    @Label("Message")
    @Nullable
    String message;

    static void happened(InetSocketAddress peer, FailureKind kind, @Nullable Throwable cause) {
        if (PROBE.isEnabled()) {
            RejectionEvent event = new RejectionEvent();
            event.peer = FlightText.of(peer);
            event.kind = FlightText.of(kind);
            event.message = FlightText.of(cause);
            event.commit();
        }
    }
}
