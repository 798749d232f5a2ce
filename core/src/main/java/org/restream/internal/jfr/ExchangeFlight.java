package org.restream.internal.jfr;

import org.jspecify.annotations.Nullable;
import org.restream.FailureKind;
import org.restream.internal.link.Peer;

/** An exchange, which has begun after the first recording, or is {@link #NONE}. */
public final class ExchangeFlight {
    /** Which side of the exchange this is. */
    public enum Side {
        CLIENT,
        SERVER
    }

    /** One that is not recorded. */
    public static final ExchangeFlight NONE = new ExchangeFlight(Side.CLIENT, null);

    private final Side side;
    private final @Nullable ExchangeEvent event;

    private ExchangeFlight(Side side, @Nullable ExchangeEvent event) {
        this.side = side;
        this.event = event;
    }

    static ExchangeFlight begun(Side side) {
        return new ExchangeFlight(side, ExchangeEvent.begun(side));
    }

    /**
     * It has ended; called once at most.
     *
     * @param kind why it has not completed; null if it has
     * @param cause the same as an exception
     */
    public void ended(
            Peer peer,
            long number,
            long bytesSent,
            long bytesReceived,
            @Nullable FailureKind kind,
            @Nullable Throwable cause) {
        if (this != NONE) {
            ended(FlightText.of(peer), number, bytesSent, bytesReceived, kind, cause);
        }
    }

    void ended(
            String peer,
            long number,
            long bytesSent,
            long bytesReceived,
            @Nullable FailureKind kind,
            @Nullable Throwable cause) {
        if (this == NONE) {
            return;
        }
        if (event != null) {
            event.ended(peer, number, bytesSent, bytesReceived, kind);
        }
        if (kind == FailureKind.REFUSED) {
            RefusalEvent.happened(side, peer, number, cause);
        } else if (kind != null && FlightText.isLoss(kind)) {
            LossEvent.ofExchange(side, peer, kind, cause);
        }
    }
}
