package org.restream.internal.jfr;

import java.util.function.Consumer;
import org.restream.FailureKind;
import org.restream.ServerEvent;
import org.restream.internal.jfr.ExchangeFlight.Side;

/** Records a server's events, except those of exchanges and connections that have a beginning and an end. */
final class ServerFlight implements Consumer<ServerEvent> {
    private final AwayFlights sessions = new AwayFlights(Side.SERVER);

    @Override
    public void accept(ServerEvent event) {
        if (event instanceof ServerEvent.Rejected no) {
            RejectionEvent.happened(no.peer(), no.kind(), no.cause());
        } else if (event instanceof ServerEvent.NoRequest none) {
            RejectionEvent.happened(none.peer(), FailureKind.EMPTY, null);
        } else if (event instanceof ServerEvent.Away away) {
            sessions.away(FlightText.of(away.peer()), away.session(), away.cause());
        } else if (event instanceof ServerEvent.Resumed resumed) {
            sessions.resumed(FlightText.of(resumed.peer()), resumed.session());
        } else if (event instanceof ServerEvent.SessionEnded ended) {
            sessions.over(FlightText.of(ended.peer()), ended.session());
        }
    }
}
