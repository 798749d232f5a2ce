package org.restream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Gets exchanges with a server, from a list of them, and comes back after every loss. Made by
 * {@link Restream#createClient()}, it starts connecting at once.
 *
 * <pre>
 * CONNECTING ──ok──▶ CONNECTED ──both bodies ended──▶ CLOSED  (ALWAYS: connects again)
 *   ▲    │               │
 *   │    │ failed        │ lost: reset, time-out, cut header
 *   │    ▼               ▼
 *   └─ WAITING  retryDelay * failures, then the next server
 * </pre>
 *
 * <p>A client keeps the JVM alive until it is CLOSED. All methods may be called from any thread.
 */
public interface RestreamClient extends AutoCloseable {
    /** Runs one exchange. */
    @FunctionalInterface
    interface Handler {
        /**
         * Runs one exchange. Called for each connection, with streams of its own, on a thread of the client (virtual where
         * the JVM has them), never twice at the same time. It may block. How the request ends is said at
         * {@link Outgoing}.
         *
         * @param req the request
         * @param res the response
         * @throws Exception to abort the exchange: the client fails with it and does not come back; but a
         *     {@link TryAgainException} asks for another attempt. What it throws after the connection was lost counts as the
         *     loss
         */
        void handle(Outgoing req, Incoming res) throws Exception;
    }

    /** Where a client is in its life. */
    enum State {
        /** Looks up, connects. */
        CONNECTING,
        /** Has a connection; its handler has been called. */
        CONNECTED,
        /** Waits before the next attempt. */
        WAITING,
        /** Done, given up or closed, for good. */
        CLOSED
    }

    /**
     * Where it is now.
     *
     * @return the state
     */
    State state();

    /** Ends the wait before the next attempt, if there is one. */
    void retryNow();

    /**
     * The end of the client: normal when its exchange has completed, or, in mode {@link Reconnect#ALWAYS}, when it is
     * closed. It fails with a {@link GaveUpException} after {@code maxFailures} or {@code maxTime}, with a
     * {@link RefusedException} where the server does not want the request, with the handler's or back-off's own
     * exception, with a {@link ConnectionLostException} for a loss in mode {@link Reconnect#UNTIL_CONNECTED} (or what else the
     * loss was: a {@link MalformedHeaderException}, a {@link HeaderTooLargeException}), and with a
     * {@link java.util.concurrent.CancellationException} when the client is closed before its exchange is complete.
     * Completing or cancelling it from outside closes the client, and does not wait for that.
     *
     * @return a future of its own for each call
     */
    CompletableFuture<Void> completion();

    /**
     * Ends it softly, as for a client that {@linkplain Reconnect#ALWAYS always} comes back: makes no further attempt, and lets a
     * running exchange come to its end. When that has ended, or the grace is over, it is as {@link #close()}; at once where none is
     * running. Called from a handler or listener of this client it does the same, but does not wait.
     *
     * @param grace how long a running exchange may go on, 0 or more
     * @throws IllegalArgumentException if it is negative
     */
    void close(Duration grace);

    /**
     * Ends any wait, look-up, connect or exchange (its peer gets a reset; a handler is interrupted), and returns when the
     * handler and listeners have returned, or after 5 seconds. Called from one of them it does not wait. Does nothing when
     * CLOSED.
     */
    @Override
    void close();
}
