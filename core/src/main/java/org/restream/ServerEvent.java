package org.restream;

import java.net.InetSocketAddress;

/** What happens in the life of a server. Bytes are bytes of the bodies, without the headers. */
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
     * @param bytesReceived how many body bytes were received
     * @param bytesSent how many body bytes were sent
     */
    record Completed(InetSocketAddress peer, long bytesReceived, long bytesSent) implements ServerEvent {
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
     * @param bytesReceived how many body bytes were received
     * @param bytesSent how many body bytes were written
     * @param cause why
     */
    record Failed(InetSocketAddress peer, long bytesReceived, long bytesSent, Throwable cause) implements ServerEvent {
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
     * A connection was turned away: its TLS handshake failed, what it sent was no header, either came too late, or its
     * address had {@link ServerOptions#maxConnectionsPerAddress} connections already; only then no Accepted came before.
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
     * No connection could be accepted, for want of file descriptors most likely. The server goes on trying.
     *
     * @param cause why
     */
    record AcceptFailed(Throwable cause) implements ServerEvent {}

    /** The last event: the server has stopped listening and its exchanges have ended. */
    record Closed() implements ServerEvent {}
}
