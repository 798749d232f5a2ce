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
    /** A session has no connection now. */
    private boolean away;

    private long since;
    private long sent;

    AnswerWait(Duration patience) {
        this.patience = patience.toNanos();
    }

    /**
     * Takes note of connections, losses, and what a session says of them.
     *
     * @param now on the clock of {@link System#nanoTime}
     */
    synchronized void heard(ClientEvent event, long now) {
        if (event instanceof ClientEvent.Connected connected) {
            connection = connected;
            away = false;
            since = now;
            sent = 0;
        } else if (event instanceof ClientEvent.Away) {
            away = true;
        } else if (event instanceof ClientEvent.Resumed resumed) {
            if (connection != null) {
                connection = new ClientEvent.Connected(resumed.server(), connection.attempt());
            }
            away = false;
            since = now;
        } else if (event instanceof ClientEvent.Lost) {
            over();
        }
    }

    /** The answer has begun, or the exchange is lost. */
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
        return connection != null && !away && now - since >= patience ? connection : null;
    }
}
