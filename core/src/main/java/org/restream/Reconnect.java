package org.restream;

/** Decides when a client calls its handler again. Attempts to <em>connect</em> are repeated in every mode. */
public enum Reconnect {
    /**
     * The handler is called at most once, so a request arrives at most once. If the connection is lost after that call,
     * the client fails.
     */
    UNTIL_CONNECTED,
    /**
     * The handler is called again after each loss, with new streams, until one exchange has completed: both bodies have
     * ended cleanly. This is the default. A request can arrive more than once.
     */
    UNTIL_COMPLETE,
    /**
     * The handler is called again after each loss and after each completed exchange, as for a feed that never ends.
     * After a completed exchange the client connects to the same server again: at once if the server has sent a header,
     * after one {@link ClientOptions#retryDelay() retryDelay} if it ended without sending a byte. The client runs until
     * it is closed.
     */
    ALWAYS
}
