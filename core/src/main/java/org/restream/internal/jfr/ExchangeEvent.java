package org.restream.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;
import org.restream.FailureKind;
import org.restream.internal.jfr.ExchangeFlight.Side;

/** An exchange, from the call of its handler to its end. */
@Name("restream.Exchange")
@Label("Exchange")
@Description("An exchange, from the call of its handler to its end.")
@Category("restream")
@StackTrace(false)
final class ExchangeEvent extends Event {
    private static final ExchangeEvent PROBE = new ExchangeEvent(Side.CLIENT);

    @Label("Side")
    final String side;

    @Label("Peer")
    @Nullable
    String peer;

    @Label("Number")
    @Description("A client counts its attempts, a server and a session their exchanges")
    long number;

    @Label("Sent")
    @DataAmount
    long bytesSent;

    @Label("Received")
    @DataAmount
    long bytesReceived;

    @Label("Outcome")
    @Nullable
    String outcome;

    @Label("Failure Kind")
    @Nullable
    String kind;

    private ExchangeEvent(Side side) {
        this.side = FlightText.of(side);
    }

    /** Null where nobody wants it. */
    static @Nullable ExchangeEvent begun(Side side) {
        if (!PROBE.isEnabled()) {
            return null;
        }
        ExchangeEvent event = new ExchangeEvent(side);
        event.begin();
        return event;
    }

    void ended(@Nullable String with, long counted, long sent, long received, @Nullable FailureKind failure) {
        end();
        if (shouldCommit()) {
            peer = with;
            number = counted;
            bytesSent = sent;
            bytesReceived = received;
            outcome = FlightText.outcome(failure);
            kind = FlightText.of(failure);
            commit();
        }
    }
}
