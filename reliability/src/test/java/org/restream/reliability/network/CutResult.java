package org.restream.reliability.network;

import java.time.Duration;
import java.util.List;
import org.restream.ClientEvent;
import org.restream.ServerEvent;
import org.restream.testing.Sight;

/**
 * What the users of both sides saw in a cell.
 *
 * @param cut the cell
 * @param struck whether the cut came before the end of its direction, or at it
 * @param delivered how many bytes of the direction were delivered
 * @param clientEvent how the attempt ended for the client; null if it did not
 * @param atClient what the client's handler saw of the answer
 * @param serverEvent how it ended for the server; null if it did not notice anything
 * @param atServer what the server's handler saw of the request
 * @param found the time from the cut to the client's event
 * @param events all events of the client
 * @param cameBack whether the last attempt was complete on both sides
 */
record CutResult(
        Cut cut,
        boolean struck,
        long delivered,
        ClientEvent clientEvent,
        Sight atClient,
        ServerEvent serverEvent,
        Sight atServer,
        Duration found,
        List<ClientEvent> events,
        boolean cameBack) {
    boolean hung() {
        return clientEvent == null || (serverEvent == null && !cut.isResetAtOnce());
    }

    boolean clientCompleted() {
        return clientEvent instanceof ClientEvent.Completed;
    }

    boolean serverCompleted() {
        return serverEvent instanceof ServerEvent.Completed;
    }

    Sight atReceiver() {
        return cut.direction() == Direction.UP ? atServer : atClient;
    }
}
