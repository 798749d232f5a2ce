package org.restream.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;
import org.restream.internal.jfr.ExchangeFlight.Side;

/** A server's handler has refused a request. */
@Name("restream.Refusal")
@Label("Refusal")
@Description("A server's handler has refused a request.")
@Category("restream")
@StackTrace(false)
final class RefusalEvent extends Event {
    private static final RefusalEvent PROBE = new RefusalEvent();

    @Label("Side")
    @Nullable
    String side;

    @Label("Peer")
    @Nullable
    String peer;

    @Label("Number")
    @Description("That of the exchange")
    long number;

    @Label("Message")
    @Nullable
    String message;

    static void happened(Side side, @Nullable String peer, long number, @Nullable Throwable cause) {
        if (PROBE.isEnabled()) {
            RefusalEvent event = new RefusalEvent();
            event.side = FlightText.of(side);
            event.peer = peer;
            event.number = number;
            event.message = FlightText.of(cause);
            event.commit();
        }
    }
}
