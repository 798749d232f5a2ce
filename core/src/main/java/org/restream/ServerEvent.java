package org.restream;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What happens in the life of a server, for its log, its user and its tests.
 *
 * <p>{@code Accepted}, {@code Rejected} and {@code NoRequest} tell of a connection, {@code Completed} and {@code Failed} of its
 * exchange. Bytes are bytes of the bodies, without the headers.
 *
 * <p>A later version may have more kinds of events: give each {@code switch} over them a {@code default}.
 */
public sealed interface ServerEvent {
    /**
     * The server listens.
     *
     * @param address where, with the port it got
     */
    record Listening(InetSocketAddress address) implements ServerEvent {}

    /**
     * A connection was accepted. With TLS its handshake comes next, then the handler is called.
     *
     * @param peer the client's address
     */
    record Accepted(InetSocketAddress peer) implements ServerEvent {}

    /**
     * An exchange has completed: both bodies ended cleanly.
     *
     * @param peer the client's address
     * @param exchange the exchange's number, as {@link Incoming#exchange()} gives it to the handler
     * @param bytesSent how many body bytes were sent
     * @param bytesReceived how many body bytes were received
     */
    record Completed(InetSocketAddress peer, long exchange, long bytesSent, long bytesReceived) implements ServerEvent {
        /**
         * The body bytes of both directions.
         *
         * @return their sum
         */
        public long bytes() {
            return bytesReceived + bytesSent;
        }
    }

    /**
     * An exchange has ended unclean: its connection was lost, or its handler threw or aborted it.
     *
     * @param peer the client's address
     * @param exchange the exchange's number, as {@link Incoming#exchange()} gives it to the handler
     * @param bytesSent how many body bytes were written
     * @param bytesReceived how many body bytes were received
     * @param cause why; a {@link Refusal} where the handler has told the client no
     */
    record Failed(InetSocketAddress peer, long exchange, long bytesSent, long bytesReceived, Throwable cause)
            implements ServerEvent {
        /**
         * The body bytes of both directions.
         *
         * @return their sum
         */
        public long bytes() {
            return bytesReceived + bytesSent;
        }
    }

    /**
     * A connection was turned away. Its TLS handshake failed; what it sent was no header; either came too late; or its address had
     * {@link ServerOptions#maxConnectionsPerAddress} connections already. In this last case no {@code Accepted} came before.
     *
     * @param peer the client's address
     * @param cause why
     */
    record Rejected(InetSocketAddress peer, Throwable cause) implements ServerEvent {}

    /**
     * A connection has ended without a byte: a port scan, or a balancer that looks whether the server lives. Only where the
     * server does not {@linkplain ServerOptions#allowEmptyRequest allow} empty requests.
     *
     * @param peer the client's address
     */
    record NoRequest(InetSocketAddress peer) implements ServerEvent {}

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
     * No connection could be accepted, most likely for lack of file descriptors. The server goes on trying.
     *
     * @param cause why
     */
    record AcceptFailed(Throwable cause) implements ServerEvent {}

    /**
     * The last event: the server has stopped listening, and its exchanges have ended. One whose handler has not returned by then, though
     * it was interrupted, is reported as {@link Failed} before this, and not again.
     */
    record Closed() implements ServerEvent {}
}
