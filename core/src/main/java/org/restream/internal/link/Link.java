package org.restream.internal.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What an exchange needs of a connection: two directions, each with an end of its own.
 *
 * <p>One thread at a time reads; one thread at a time writes or finishes; any thread aborts.
 */
public interface Link {
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

    /** Whom the peer has shown to be; known once the link is open. */
    default Optional<X509Certificate> peerCertificate() {
        return Optional.empty();
    }

    /** Has a call made whenever bytes have moved, by the thread that moved them. Set before the link is used. */
    void onMove(Runnable moved);

    /**
     * Has the system look after a peer that says nothing: one that has vanished is found even while nothing is under way. For
     * connections that live longer than a moment, since it takes some system calls. By any thread, at any time.
     */
    default void keepAlive() {}

    /**
     * Waits for bytes.
     *
     * @return how many were read, at least 1 where there is room; or -1 at the peer's clean end, never for a loss
     * @throws IOException the connection is lost
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Writes bytes of the buffer, at least one, perhaps not all; waits until it can.
     *
     * @throws StoppedReadingException the peer reads no more, but what it said can still be read
     * @throws IOException the connection is lost
     */
    void write(ByteBuffer from) throws IOException;

    /**
     * Has the system copy bytes of a file, which are not in our hands then.
     *
     * @return how many were written, perhaps fewer; 0 where it can't, now or at all, and where the file has none at this
     *     position: then read and write them
     * @throws IOException as {@link #write}, or the file can't be read
     */
    default long transferFrom(FileChannel file, long position, long count) throws IOException {
        return 0;
    }

    /** The clean end of our direction; and of the connection, where the peer's clean end has been read. */
    void finish() throws IOException;

    /** Both directions have ended cleanly: lets go of the connection. */
    void close();

    /** The unclean end: the peer gets a reset. Ends every wait in this link. Does nothing after the first end. */
    void abort();
}
