package org.restream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A client. It connects to one of a list of servers, runs its handler with each connection, and reconnects when the
 * connection is lost. {@link Restream#createClient()} creates one; it begins to connect at once.
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
    /** Runs an exchange on a connection: sends the request, and reads the response. */
    @FunctionalInterface
    interface Handler {
        /**
         * Runs one exchange. It is called for each connection, with new streams, on a thread of the client (a virtual
         * one from Java 21 on), and never concurrently for one client. It may block. {@link Outgoing} says how the
         * request ends.
         *
         * @param req the request
         * @param res the response
         * @throws Exception to abort the exchange. The client then fails with this exception and does not reconnect,
         *     except that a {@link TryAgainException} asks for another attempt. An exception that is thrown after the
         *     connection was lost counts as that loss
         */
        void handle(Outgoing req, Incoming res) throws Exception;
    }

    /** The states of a client. */
    enum State {
        /** It looks up the server's address and connects. */
        CONNECTING,
        /** It has a connection, and its handler has been called. */
        CONNECTED,
        /** It waits before the next attempt. */
        WAITING,
        /** It has completed, given up or been closed. This is the final state. */
        CLOSED
    }

    /**
     * The current state.
     *
     * @return the state
     */
    State state();

    /**
     * Ends the wait before the next attempt at once. Does nothing if the client does not wait. The count of failures
     * stays.
     */
    void retryNow();

    /**
     * A future for the end of the client. It completes normally when the exchange has completed or, in mode
     * {@link Reconnect#ALWAYS}, when the client is closed. It fails with
     *
     * <ul>
     *   <li>a {@link GaveUpException} after {@code maxFailures} or {@code maxTime},
     *   <li>a {@link RefusedException} if the server has refused the request for good,
     *   <li>the exception of the handler or of the back-off, if one of them has thrown,
     *   <li>a {@link ConnectionLostException}, {@link MalformedHeaderException} or {@link HeaderTooLargeException} for a
     *       loss in mode {@link Reconnect#UNTIL_CONNECTED},
     *   <li>a {@link java.util.concurrent.CancellationException} if the client is closed before its exchange is complete.
     * </ul>
     *
     * <p>Completing or cancelling the future yourself closes the client, without waiting for it to end.
     *
     * @return a new future for each call
     */
    CompletableFuture<Void> completion();

    /**
     * Closes the client, but lets a running exchange end first. The client makes no further attempt. When the exchange
     * has ended, when the grace is over, or at once if none is running, this does the same as {@link #close()}. If it
     * is called from a handler or listener of this client, it does not wait.
     *
     * @param grace how long a running exchange may go on, 0 or more
     * @throws IllegalArgumentException if it is negative
     */
    void close(Duration grace);

    /**
     * Closes the client at once. It ends a wait, look-up, attempt to connect or exchange; the peer of an exchange gets
     * a reset, and its handler is interrupted. It returns when the handler and listeners have returned, or after 5
     * seconds. If it is called from one of them, it does not wait. Does nothing if the client is CLOSED.
     */
    @Override
    void close();
}
