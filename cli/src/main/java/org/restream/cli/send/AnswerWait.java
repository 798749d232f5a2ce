package org.restream.cli.send;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;

/**
 * Detects a connection that waits only for the server: no byte of the answer has arrived, and for some time no byte has
 * been sent, although nothing that is to be sent is missing.
 */
final class AnswerWait {
    private final long patience;

    // guarded by this
    private ClientEvent.@Nullable Connected connection;
    private long since;
    private long sent;

    AnswerWait(Duration patience) {
        this.patience = patience.toNanos();
    }

    /**
     * A connection was made.
     *
     * @param now on the clock of {@link System#nanoTime}
     */
    synchronized void connected(ClientEvent.Connected event, long now) {
        connection = event;
        since = now;
        sent = 0;
    }

    /** The answer has begun, or the connection is lost. */
    synchronized void over() {
        connection = null;
    }

    /** The wait was reported; it is not reported again for this connection. */
    synchronized void told() {
        connection = null;
    }

    /**
     * Checks the connection once.
     *
     * @param sentNow how many bytes have been sent
     * @param allThere whether no read of the body would have to wait
     * @return the connection that waits for the server; null if none does
     */
    synchronized ClientEvent.@Nullable Connected look(long sentNow, boolean allThere, long now) {
        if (sentNow != sent || !allThere) {
            sent = sentNow;
            since = now;
        }
        return connection != null && now - since >= patience ? connection : null;
    }
}
