package org.restream.internal.jfr;

import java.util.function.Consumer;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;
import org.restream.FailureKind;
import org.restream.internal.jfr.ExchangeFlight.Side;

/** A connection was lost, with its exchange, or without if a session goes on. */
@Name("restream.Loss")
@Label("Loss")
@Description("A connection was lost, with its exchange, or without if a session goes on.")
@Category("restream")
@StackTrace(false)
final class LossEvent extends Event {
    private static final LossEvent PROBE = new LossEvent();

    @Label("Side")
    @Nullable
    String side;

    @Label("Peer")
    @Nullable
    String peer;

    @Label("Session")
    @Nullable
    String session;

    @Label("Failure Kind")
    @Nullable
    String kind;

    @Label("Message")
    @Nullable
    String message;

    private static void happened(
            Side side, @Nullable String peer, Consumer<LossEvent> rest, @Nullable Throwable cause) {
        if (PROBE.isEnabled()) {
            LossEvent event = new LossEvent();
            event.side = FlightText.of(side);
            event.peer = peer;
            rest.accept(event);
            event.message = FlightText.of(cause);
            event.commit();
        }
    }

    /** An exchange is lost with its connection. */
    static void ofExchange(Side side, @Nullable String peer, FailureKind kind, @Nullable Throwable cause) {
        happened(side, peer, event -> event.kind = FlightText.of(kind), cause);
    }

    /** A session goes on without it. */
    static void ofSession(Side side, String peer, String session, @Nullable Throwable cause) {
        happened(side, peer, event -> event.session = session, cause);
    }
}
