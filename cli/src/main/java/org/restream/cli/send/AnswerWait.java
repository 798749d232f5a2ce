package org.restream.cli.send;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;

/**
 * Whether a connection waits for nothing but the server: nothing of its answer has come, and for some time no byte has gone out,
 * although what is to be sent is there or sent.
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
     * One is there.
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

    /** Somebody has been told: of this connection there is no more to say. */
    synchronized void told() {
        connection = null;
    }

    /**
     * One look at it.
     *
     * @param sentNow how many bytes have been sent
     * @param allThere whether nobody else is waited for who has more to say
     * @return the connection that waits for the server; null where none does
     */
    synchronized ClientEvent.@Nullable Connected look(long sentNow, boolean allThere, long now) {
        if (sentNow != sent || !allThere) {
            sent = sentNow;
            since = now;
        }
        return connection != null && now - since >= patience ? connection : null;
    }
}
