package org.restream.internal.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A link with what the owner of the connection needs: the peer's identity, and methods to open and watch the
 * connection.
 */
public interface Connection extends Link {
    /** The peer's address. */
    InetSocketAddress peer();

    /** Whether the connection is ready for reads and writes. */
    default boolean isOpen() {
        return true;
    }

    /**
     * Opens the connection. No other thread may use it meanwhile.
     *
     * @throws IOException it can't be opened; the message says why
     */
    default void open() throws IOException {}

    /**
     * Discards what the peer still sends, up to its end, if {@link #open} has failed and has told the peer why. Closing the
     * connection before that would answer those bytes with a reset, which can hide the reason from the peer. Waits for the
     * peer; {@link #abort} ends the wait.
     *
     * @param maxBytes how much is discarded at most
     */
    default void dropRest(long maxBytes) throws IOException {}

    /** Whether a read has found that the peer ended or reset the connection without sending a byte. */
    boolean endedSilently();

    /** The peer's certificate; known once the connection is open. */
    default Optional<X509Certificate> peerCertificate() {
        return Optional.empty();
    }

    /**
     * Sets a callback for each time that bytes have moved, on the thread that moved them. Call this before using the
     * connection.
     */
    void onMove(Runnable moved);

    /**
     * Limits how many of our bytes the system buffers, so that the progress of a slow reader can be seen. Call this
     * before using the connection.
     */
    default void boundSendBuffer() {}

    /**
     * Turns TCP's keepalive on, so that a vanished peer is noticed even while no data is in transit. It takes some
     * system calls, so only connections that live longer than a moment should use it. Any thread may call this at any
     * time.
     */
    default void keepAlive() {}
}
