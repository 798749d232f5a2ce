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
    public static final ExchangeFlight NONE = new ExchangeFlight(Side.CLIENT);

    private final Side side;
    private @Nullable ExchangeEvent event;

    private ExchangeFlight(Side side) {
        this.side = side;
    }

    static ExchangeFlight begun(Side side) {
        ExchangeFlight flight = new ExchangeFlight(side);
        Flight.guarded(() -> flight.event = ExchangeEvent.begun(side));
        return flight;
    }

    /** Whether there is, or has been, a recording. */
    public boolean isRecorded() {
        return this != NONE;
    }

    /**
     * It has ended; called once at most.
     *
     * @param peer null if it had none yet
     * @param kind why it has not completed; null if it has
     * @param cause the same as an exception
     */
    public void ended(
            @Nullable Peer peer,
            long number,
            long bytesSent,
            long bytesReceived,
            @Nullable FailureKind kind,
            @Nullable Throwable cause) {
        if (this != NONE) {
            Flight.guarded(() -> ended(
                    peer == null ? null : FlightText.of(peer.peer()), number, bytesSent, bytesReceived, kind, cause));
        }
    }

    void ended(
            @Nullable String peer,
            long number,
            long bytesSent,
            long bytesReceived,
            @Nullable FailureKind kind,
            @Nullable Throwable cause) {
        if (this == NONE) {
            return;
        }
        ExchangeEvent begun = event;
        if (begun != null) {
            begun.ended(peer, number, bytesSent, bytesReceived, kind);
        }
        if (kind == FailureKind.REFUSED) {
            RefusalEvent.happened(side, peer, number, cause);
        } else if (kind != null && FlightText.isLoss(kind)) {
            LossEvent.ofExchange(side, peer, kind, cause);
        }
    }
}
