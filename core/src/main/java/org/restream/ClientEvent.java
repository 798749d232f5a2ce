package org.restream;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An event of a client: for logging, for user interfaces, and for tests. {@link ClientOptions#listener(Listener)} gets
 * them.
 *
 * <pre>
 * Connecting ─┬─ Failed ──────────────────┬─ Waiting ── Connecting …
 *             └─ Connected ─┬─ Lost ──────┤
 *                           ├─ Aborted ───┴─ GaveUp ─┐
 *                           └─ Completed ────────────┴─ Closed
 * </pre>
 *
 * <p>There is no {@code Waiting} if the wait is 0. In mode {@link Reconnect#ALWAYS} the client goes on after {@code
 * Completed} as it does after a loss. After {@link RestreamClient#close()}, {@code Closed} may follow any event except
 * {@code Connected}: whoever counts can rely on one {@code Completed}, {@code Lost} or {@code Aborted} after each {@code
 * Connected}.
 *
 * <p>For a {@link RestreamSession} these events are about its sessions, have no bytes, and {@code Aborted} does not occur. Its
 * exchanges have a pair of their own, {@code ExchangeBegan} and {@code ExchangeEnded}. Wherever there are sessions, there is one
 * {@code SessionEnded} after each {@code SessionOpened}.
 *
 * <p>{@code attempt} is the number of the attempt to connect; a client counts them from 1 and never starts again.
 * {@code failures} is the number of attempts that have failed in a row, including this one. Byte counts are those of
 * bodies, without headers.
 *
 * <p>Later versions may add kinds of events, so give each {@code switch} over them a {@code default}.
 */
public sealed interface ClientEvent {
    /**
     * The client begins an attempt to connect.
     *
     * @param server the server it tries
     * @param attempt the number of the attempt
     */
    record Connecting(ServerAddress server, long attempt) implements ClientEvent {}

    /**
     * The client is connected, and the handler is about to be called. This does not set the count of failures back: see
     * {@link ClientOptions#retryDelay(Duration)}.
     *
     * @param server the server
     * @param attempt the number of the attempt
     */
    record Connected(ServerAddress server, long attempt) implements ClientEvent {}

    /**
     * An attempt to connect has failed, or its TLS handshake has.
     *
     * @param server the server
     * @param attempt the number of the attempt
     * @param failures how many attempts in a row have failed
     * @param kind the reason, as one of a few
     * @param cause the reason
     */
    record Failed(ServerAddress server, long attempt, int failures, FailureKind kind, IOException cause)
            implements ClientEvent {}

    /**
     * A connection was lost before its exchange was complete.
     *
     * @param server the server
     * @param attempt the number of the attempt
     * @param failures how many attempts in a row have failed
     * @param bytesSent the number of body bytes written
     * @param bytesReceived the number of body bytes read
     * @param duration how long the exchange took
     * @param kind the reason, as one of a few
     * @param cause the reason
     */
    record Lost(
            ServerAddress server,
            long attempt,
            int failures,
            long bytesSent,
            long bytesReceived,
            Duration duration,
            FailureKind kind,
            IOException cause)
            implements ClientEvent {
        /**
         * The number of body bytes in both directions.
         *
         * @return the sum
         */
        public long bytes() {
            return bytesSent + bytesReceived;
        }
    }

    /**
     * An exchange was ended by this side before it was complete: its handler has thrown or aborted it, or the client was closed.
     *
     * @param server the server
     * @param attempt the number of the attempt
     * @param bytesSent the number of body bytes written
     * @param bytesReceived the number of body bytes read
     * @param duration how long the exchange took
     * @param kind the reason, as one of a few
     * @param cause the reason
     */
    record Aborted(
            ServerAddress server,
            long attempt,
            long bytesSent,
            long bytesReceived,
            Duration duration,
            FailureKind kind,
            Throwable cause)
            implements ClientEvent {}

    /**
     * The client waits before its next attempt.
     *
     * @param server the server it will try next
     * @param attempt the number of the next attempt
     * @param failures how many attempts in a row have failed; 0 between two exchanges of {@link Reconnect#ALWAYS}
     * @param delay how long it waits
     */
    record Waiting(ServerAddress server, long attempt, int failures, Duration delay) implements ClientEvent {}

    /**
     * An exchange has completed: both bodies have ended cleanly.
     *
     * @param server the server
     * @param attempt the number of the attempt
     * @param bytesSent the number of body bytes sent
     * @param bytesReceived the number of body bytes received
     * @param duration how long the exchange took
     */
    record Completed(ServerAddress server, long attempt, long bytesSent, long bytesReceived, Duration duration)
            implements ClientEvent {
        /**
         * The number of body bytes in both directions.
         *
         * @return the sum
         */
        public long bytes() {
            return bytesSent + bytesReceived;
        }
    }

    /**
     * A session begins.
     *
     * @param server the server
     * @param session the session's short name
     */
    record SessionOpened(ServerAddress server, String session) implements ClientEvent {}

    /**
     * A session is over: there is no exchange left in it.
     *
     * @param server the server
     * @param session the session's short name
     */
    record SessionEnded(ServerAddress server, String session) implements ClientEvent {}

    /**
     * An exchange of a {@link RestreamSession} begins: its handler is about to be called.
     *
     * @param exchange the number of the exchange in its session
     */
    record ExchangeBegan(long exchange) implements ClientEvent {}

    /**
     * An exchange of a {@link RestreamSession} has ended. It comes after {@code Closed} if its handler returns only then.
     *
     * @param exchange the number of the exchange in its session
     * @param bytesSent the number of body bytes written
     * @param bytesReceived the number of body bytes read
     * @param duration how long the exchange took
     * @param kind why it has not completed, as one of a few; null if it has
     */
    record ExchangeEnded(
            long exchange,
            long bytesSent,
            long bytesReceived,
            Duration duration,
            @Nullable FailureKind kind) implements ClientEvent {}

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
     * An attempt to give a session another connection has failed. The client goes on trying for as long as the session is kept;
     * {@code Resumed} or the end of its exchanges follows.
     *
     * @param server the server it has tried
     * @param session the session's short name
     * @param epoch the number of the attempt in the session
     * @param cause why
     */
    record ResumeFailed(ServerAddress server, String session, long epoch, Throwable cause) implements ClientEvent {}

    /**
     * The server speaks no sessions, so the exchange runs over a plain connection, as {@link SessionMode#PREFERRED}
     * allows: after a loss it starts from the beginning.
     *
     * @param server the server
     * @param cause what the server answered
     */
    record FellBack(ServerAddress server, Throwable cause) implements ClientEvent {}

    /**
     * The client makes no further attempt, because {@code maxFailures} is reached, {@code maxTime} is over, the server
     * has refused the request for good, the handler or the back-off has thrown, or a connection was lost in mode {@link
     * Reconnect#UNTIL_CONNECTED}.
     *
     * @param attempt the number of the last attempt
     * @param failures how many attempts in a row have failed
     * @param cause the exception with which {@link RestreamClient#completion()} fails
     */
    record GaveUp(long attempt, int failures, Throwable cause) implements ClientEvent {}

    /** The client is closed. This is the last event of every client. */
    record Closed() implements ClientEvent {}
}
