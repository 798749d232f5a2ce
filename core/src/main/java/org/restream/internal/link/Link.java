package org.restream.internal.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange needs of a connection: two directions of bytes, each with its own end.
 *
 * <p>One thread at a time may read, and one thread at a time may write or finish. Any thread may abort.
 */
public interface Link {
    /**
     * Reads bytes; waits until there are some.
     *
     * @return how many were read, at least 1 if the buffer has space; or -1 at the peer's clean end, never for a loss
     * @throws java.io.InterruptedIOException this thread's interrupt flag was set: nothing was read, and the link is
     *     still usable
     * @throws java.nio.channels.ClosedByInterruptException this thread was interrupted while it waited, which has
     *     closed the link
     * @throws LateException the peer has ended it, as its time was over
     * @throws IOException the connection is lost
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Bytes that have come already, in a buffer that is the caller's from now on: neither a wait nor a copy.
     *
     * @return null if there are none, or if this link has no such buffers: then read
     */
    default @Nullable ByteBuffer poll() {
        return null;
    }

    /** Whether all that the peer has sent was read or polled, as is known without a wait: then a read would return -1. */
    default boolean isAtEnd() {
        return false;
    }

    /**
     * Writes bytes of the buffer, at least one, perhaps not all; waits until it can. An interrupt flag that is already
     * set has no effect.
     *
     * @throws StoppedReadingException the peer has stopped reading, but what it has sent can still be read
     * @throws LateException the peer has ended it, as its time was over
     * @throws IOException the connection is lost
     */
    void write(ByteBuffer from) throws IOException;

    /**
     * Writes bytes of a file by a shorter way than through the heap; lets the kernel copy them, if it can.
     *
     * @return how many were written, perhaps fewer than {@code count}; 0 if there is no such way, now or at all, or if the
     *     file gives no bytes at this position: then read and write them
     * @throws IOException as {@link #write}
     */
    default long transferFrom(FileChannel file, long position, long count) throws IOException {
        return 0;
    }

    /** Ends our direction cleanly. */
    void finish() throws IOException;

    /** Writes the last bytes, all of them, and ends our direction cleanly. */
    default void finish(ByteBuffer last) throws IOException {
        while (last.hasRemaining()) {
            write(last);
        }
        finish();
    }

    /** Closes the link, after both directions have ended cleanly. */
    void close();

    /**
     * Aborts: the peer gets a reset, and every wait in this link ends. Has no effect after the link was closed or
     * aborted.
     */
    void abort();

    /** The same, because the peer's message does not begin with a header, or not in time; {@code why} is for people. */
    default void abortForHeader(String why) {
        abort();
    }
}
