package org.restream.internal.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A link, and what the owner of its connection needs: who the peer is, and how to open and watch it. */
public interface Connection extends Link {
    /** The other end. */
    InetSocketAddress peer();

    /** Whether it is ready to read and write. */
    default boolean isOpen() {
        return true;
    }

    /**
     * Makes it ready; not while another thread uses it.
     *
     * @throws IOException it can't be; the message says why
     */
    default void open() throws IOException {}

    /**
     * Where {@link #open} has failed, and has told the peer why: drops what the peer still sends, up to its end. To close it
     * before is to answer that with a reset, which the peer may see in place of the reason. Waits for the peer; {@link #abort}
     * ends it.
     *
     * @param maxBytes how much is dropped at the most
     */
    default void dropRest(long maxBytes) throws IOException {}

    /** Whether the peer has ended it, or reset it, without having sent a byte; as seen by who reads. */
    boolean endedSilently();

    /** Whom the peer has shown to be; known once the connection is open. */
    default Optional<X509Certificate> peerCertificate() {
        return Optional.empty();
    }

    /** Has a call made whenever bytes have moved, by the thread that moved them. Set before the connection is used. */
    void onMove(Runnable moved);

    /**
     * Bounds what the system takes of our bytes before the peer has them: so a peer that reads slowly is seen to read. Before
     * the connection is used.
     */
    default void boundSendBuffer() {}

    /**
     * Has the system look after a peer that says nothing: one that has vanished is found even while nothing is under way. For
     * connections that live longer than a moment, since it takes some system calls. By any thread, at any time.
     */
    default void keepAlive() {}
}
