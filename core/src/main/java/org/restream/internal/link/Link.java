package org.restream.internal.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * What an exchange needs: two directions of bytes, each with an end of its own.
 *
 * <p>One thread at a time reads; one thread at a time writes or finishes; any thread aborts.
 */
public interface Link {
    /**
     * Waits for bytes.
     *
     * @return how many were read, at least 1 where there is room; or -1 at the peer's clean end, never for a loss
     * @throws java.io.InterruptedIOException this thread's interrupt flag was set: nothing was read, and the link is as it was
     * @throws java.nio.channels.ClosedByInterruptException this thread was interrupted while it waited, which has cut the link
     * @throws IOException the connection is lost
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Writes bytes of the buffer, at least one, perhaps not all; waits until it can. An interrupt flag that is already set is
     * not asked.
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
     * @throws IOException as {@link #write}
     */
    default long transferFrom(FileChannel file, long position, long count) throws IOException {
        return 0;
    }

    /** The clean end of our direction. */
    void finish() throws IOException;

    /** Both directions have ended cleanly: lets go of the link. */
    void close();

    /** The unclean end: the peer gets a reset. Ends every wait in this link. Does nothing after the first end. */
    void abort();
}
