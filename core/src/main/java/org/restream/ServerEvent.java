package org.restream;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * An event of a server: for logging, for user interfaces, and for tests. {@link ServerOptions#listener(Listener)} gets
 * them.
 *
 * <p>{@code Accepted}, {@code Rejected}, {@code NoRequest} and {@code Disconnected} are about a connection, {@code Began},
 * {@code Completed} and {@code Failed} about its exchange. Byte counts are those of bodies, without headers.
 *
 * <p>Whoever counts can rely on pairs. After each {@code Accepted} there is one {@code Disconnected}. After each {@code Began}
 * there is one event with the number of its exchange: {@code Completed}, {@code Failed}, {@code Rejected} or {@code NoRequest}.
 * After each {@code SessionOpened} there is one {@code SessionEnded}. All are there before {@code Closed}.
 *
 * <p>Later versions may add kinds of events, so give each {@code switch} over them a {@code default}.
 */
public sealed interface ServerEvent {
    /**
     * The server has begun to listen.
     *
     * @param address its address, with the actual port
     */
    record Listening(InetSocketAddress address) implements ServerEvent {}

    /**
     * A connection was accepted. The TLS handshake follows, if there is TLS, and then the call of the handler.
     *
     * @param peer the client's address
     */
    record Accepted(InetSocketAddress peer) implements ServerEvent {}

    /**
     * An exchange begins: its handler is about to be called, unless something prevents that, which its end says then. Its header need
     * not have come yet.
     *
     * @param peer the client's address
     * @param exchange the number of the exchange, which {@link Incoming#exchange()} returns to the handler
     */
    record Began(InetSocketAddress peer, long exchange) implements ServerEvent {}

    /**
     * An exchange has completed: both bodies have ended cleanly.
     *
     * @param peer the client's address
     * @param exchange the number of the exchange, which {@link Incoming#exchange()} returns to the handler
     * @param bytesSent the number of body bytes sent
     * @param bytesReceived the number of body bytes received
     * @param duration how long it took, from its {@link Began}
     */
    record Completed(InetSocketAddress peer, long exchange, long bytesSent, long bytesReceived, Duration duration)
            implements ServerEvent {
        /**
         * The number of body bytes in both directions.
         *
         * @return the sum
         */
        public long bytes() {
            return bytesReceived + bytesSent;
        }
    }

    /**
     * An exchange has failed: its connection was lost, or its handler has thrown or aborted it.
     *
     * @param peer the client's address
     * @param exchange the number of the exchange, which {@link Incoming#exchange()} returns to the handler
     * @param bytesSent the number of body bytes written
     * @param bytesReceived the number of body bytes received
     * @param duration how long it took, from its {@link Began}
     * @param kind the reason, as one of a few
     * @param cause the reason; a {@link Refusal} if the handler has refused the request
     */
    record Failed(
            InetSocketAddress peer,
            long exchange,
            long bytesSent,
            long bytesReceived,
            Duration duration,
            FailureKind kind,
            Throwable cause)
            implements ServerEvent {
        /**
         * The number of body bytes in both directions.
         *
         * @return the sum
         */
        public long bytes() {
            return bytesReceived + bytesSent;
        }
    }

    /**
     * A connection was rejected, because its TLS handshake failed, because it did not send a valid header, because one
     * of these took too long, or because its address had {@link ServerOptions#maxConnectionsPerAddress} connections
     * already. In the last case there is no {@code Accepted} event before this one.
     *
     * @param peer the client's address
     * @param exchange the number of its exchange, or 0 if none had begun
     * @param kind the reason, as one of a few
     * @param cause the reason
     */
    record Rejected(InetSocketAddress peer, long exchange, FailureKind kind, Throwable cause) implements ServerEvent {}

    /**
     * A connection has ended without a byte: a port scan, or the health check of a load balancer. This event exists
     * only if the server does not {@linkplain ServerOptions#allowEmptyRequest allow} empty requests.
     *
     * @param peer the client's address
     * @param exchange the number of its exchange, or 0 if none had begun
     */
    record NoRequest(InetSocketAddress peer, long exchange) implements ServerEvent {}

    /**
     * An accepted connection has ended. What was in it has been reported before, except for a session, which may go on over
     * another connection.
     *
     * @param peer the client's address
     */
    record Disconnected(InetSocketAddress peer) implements ServerEvent {}

    /**
     * A session begins.
     *
     * @param peer the client's address
     * @param session its short name
     */
    record SessionOpened(InetSocketAddress peer, String session) implements ServerEvent {}

    /**
     * A session has lost its connection. Its exchanges go on when the client comes back in time.
     *
     * @param peer the client's address
     * @param session its short name
     * @param cause why
     */
    record Away(InetSocketAddress peer, String session, Throwable cause) implements ServerEvent {}

    /**
     * A client has come back to its session.
     *
     * @param peer the client's address now
     * @param session its short name
     * @param epoch the number of the connection, counted by the client
     * @param away for how long the session had none
     */
    record Resumed(InetSocketAddress peer, String session, long epoch, Duration away) implements ServerEvent {}

    /**
     * A client has come back to its session while its last connection still seemed to live; that one is closed.
     *
     * @param peer the client's address before
     * @param session its short name
     */
    record Fenced(InetSocketAddress peer, String session) implements ServerEvent {}

    /**
     * A session is over. What still lived in it has failed.
     *
     * @param peer the client's address
     * @param session its short name
     * @param cause why
     */
    record SessionEnded(InetSocketAddress peer, String session, Throwable cause) implements ServerEvent {}

    /**
     * The server could not accept a connection, most likely because it has no file descriptors left. It goes on trying.
     *
     * @param cause the reason
     */
    record AcceptFailed(Throwable cause) implements ServerEvent {}

    /**
     * The server is closed: it has stopped listening, and its exchanges have ended. This is the last event. An exchange
     * whose handler has not returned by then, although it was interrupted, is reported as {@link Failed} before this,
     * and not again.
     */
    record Closed() implements ServerEvent {}
}
