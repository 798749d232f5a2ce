package org.restream;

/** When a client calls its handler again. Attempts to <em>connect</em> are repeated in every mode. */
public enum Reconnect {
    /**
     * Only connecting is repeated. Once a connection has been made and the handler called, a loss fails the client: the
     * handler is called at most once, and a request arrives at most once.
     */
    UNTIL_CONNECTED,
    /**
     * The handler is called again, with fresh streams, until one exchange has completed: both bodies ended cleanly. The
     * default. A request can therefore arrive more than once.
     */
    UNTIL_COMPLETE,
    /**
     * A feed that never ends: after an exchange has completed the client connects to the same server again, at once if
     * the server answered with a header, after one {@link ClientOptions#retryDelay() retryDelay} if it ended without a word.
     * The client runs until it is closed.
     */
    ALWAYS
}
