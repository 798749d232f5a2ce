package org.restream;

import java.io.IOException;
import java.time.Duration;

/**
 * What happens in the life of a client, for its log, its user and its tests.
 *
 * <pre>
 * Connecting ─┬─ Failed ──────────────────┬─ Waiting ── Connecting …
 *             └─ Connected ─┬─ Lost ──────┤
 *                           │             └─ GaveUp ─┐
 *                           └─ Completed ────────────┴─ Closed
 * </pre>
 *
 * <p>{@code Waiting} is left out where there is nothing to wait for. In mode {@link Reconnect#ALWAYS} the client goes on after
 * {@code Completed} as after a loss. A handler that fails leads from {@code Connected} to {@code GaveUp}, and
 * {@link RestreamClient#close()} from anywhere to {@code Closed}.
 *
 * <p>{@code attempt} counts the attempts to connect of this client from 1 and never starts again; {@code failures} counts
 * those that failed in a row, this one included. Bytes are bytes of the bodies, without the headers.
 *
 * <p>A later version may have more kinds of events: give each {@code switch} over them a {@code default}.
 */
public sealed interface ClientEvent {
    /**
     * An attempt begins.
     *
     * @param server the server it is made to
     * @param attempt the number of the attempt
     */
    record Connecting(ServerAddress server, long attempt) implements ClientEvent {}

    /**
     * There is a connection, and the handler is about to be called. This alone is no success: see
     * {@link ClientOptions#retryDelay(Duration)}.
     *
     * @param server the server
     * @param attempt the number of the attempt
     */
    record Connected(ServerAddress server, long attempt) implements ClientEvent {}

    /**
     * No connection could be made, or its TLS handshake failed.
     *
     * @param server the server
     * @param attempt the number of the attempt
     * @param failures how many attempts in a row have failed
     * @param cause why
     */
    record Failed(ServerAddress server, long attempt, int failures, IOException cause) implements ClientEvent {}

    /**
     * A connection was made, and lost before its exchange was complete.
     *
     * @param server the server
     * @param attempt the number of the attempt
     * @param failures how many attempts in a row have failed
     * @param bytesSent how many body bytes were written
     * @param bytesReceived how many body bytes were read
     * @param cause why
     */
    record Lost(ServerAddress server, long attempt, int failures, long bytesSent, long bytesReceived, IOException cause)
            implements ClientEvent {
        /**
         * The body bytes of both directions.
         *
         * @return their sum
         */
        public long bytes() {
            return bytesSent + bytesReceived;
        }
    }

    /**
     * The client waits before its next attempt.
     *
     * @param server the server it will try next
     * @param attempt the number the next attempt will have
     * @param failures how many attempts in a row have failed; 0 between two exchanges of {@link Reconnect#ALWAYS}
     * @param delay how long it waits
     */
    record Waiting(ServerAddress server, long attempt, int failures, Duration delay) implements ClientEvent {}

    /**
     * An exchange has completed: both bodies ended cleanly.
     *
     * @param server the server
     * @param attempt the number of the attempt
     * @param bytesSent how many body bytes were sent
     * @param bytesReceived how many body bytes were received
     */
    record Completed(ServerAddress server, long attempt, long bytesSent, long bytesReceived) implements ClientEvent {
        /**
         * The body bytes of both directions.
         *
         * @return their sum
         */
        public long bytes() {
            return bytesSent + bytesReceived;
        }
    }

    /**
     * A session has lost its connection, and makes another one; its exchanges wait.
     *
     * @param server the server
     * @param session the session's short name
     * @param cause why
     */
    record Away(ServerAddress server, String session, Throwable cause) implements ClientEvent {}

    /**
     * A session has another connection: its exchanges go on where they were.
     *
     * @param server the server
     * @param session the session's short name
     * @param epoch the number of the connection in the session, failed attempts counted
     * @param away for how long it had none
     */
    record Resumed(ServerAddress server, String session, long epoch, Duration away) implements ClientEvent {}

    /**
     * The client makes no further attempt. {@code maxFailures} is reached, or {@code maxTime} is over; the server has refused the
     * request for good; the handler or the back-off has failed; or, in mode {@link Reconnect#UNTIL_CONNECTED}, a connection was lost.
     *
     * @param attempt the number of the last attempt
     * @param failures how many attempts in a row have failed
     * @param cause what {@link RestreamClient#completion()} fails with
     */
    record GaveUp(long attempt, int failures, Throwable cause) implements ClientEvent {}

    /** The last event of every client. */
    record Closed() implements ClientEvent {}
}
