package org.restream.internal.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.internal.link.StoppedReadingException;

/** What a TCP connection sends, and the first error of that. The rules and their measurements are in docs/wire.md. */
final class TcpOutput {
    /** Where it was measured what EPIPE says of the order of the peer's end and its reset. */
    private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

    private static final int MAX_FILE_BYTES = 256 * 1024;
    /**
     * Before, the JDK hands the kernel the number of the socket's descriptor without keeping that from being closed: a file's
     * bytes could go to another connection, which has the same number by then; and nothing ended a copy that waits. From Java 21
     * on it may be right; tests have shown it for 25.
     */
    private static final boolean KERNEL_COPIES = Runtime.version().feature() >= 25;

    /** Less than any network takes in one packet. */
    private static final int ONE_PACKET_BYTES = 512;
    /** After this wait for a write that is under way the system is asked instead. */
    private static final long WRITER_MILLIS = 10;

    private static final long MAX_WRITER_MILLIS = 1_000;

    private final SocketChannel channel;
    private final ReentrantLock writing = new ReentrantLock();
    /** Set first: what kind of failure it was takes some time to find out. */
    private volatile boolean failed;

    private volatile @Nullable IOException error;
    private volatile Runnable moved = () -> {};
    private boolean written;
    /** What is written goes out at once. */
    private boolean prompt;

    TcpOutput(SocketChannel channel) {
        this.channel = channel;
    }

    /** Is run after each write that has moved something. */
    void onMove(Runnable run) {
        moved = run;
    }

    void write(ByteBuffer from) throws IOException {
        // a flag that the caller's thread already has means something of its own: it would close the channel
        boolean interrupted = Thread.interrupted();
        int limit = from.limit();
        from.limit(from.position() + Math.min(from.remaining(), TcpConnection.MAX_BYTES));
        writing.lock();
        try {
            beforeWrite(from.remaining());
            channel.write(from);
            moved.run();
        } catch (IOException e) {
            failed = true;
            throw failure(e);
        } finally {
            writing.unlock();
            from.limit(limit);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Since Java 21 a socket that a virtual thread has used does not block: the kernel's copy then moves nothing while the
     * send buffer is full.
     */
    long transferFrom(FileChannel file, long position, long count) throws IOException {
        if (!KERNEL_COPIES) {
            return 0;
        }
        writing.lock();
        try {
            beforeWrite(count);
            long sent = file.transferTo(position, Math.min(count, MAX_FILE_BYTES), channel);
            moved.run();
            return sent;
        } catch (IOException e) {
            if (!canBeRead(file, position)) {
                // the file's trouble, not the connection's: who reads it is told
                return 0;
            }
            failed = true;
            throw failure(e);
        } finally {
            writing.unlock();
        }
    }

    /**
     * What is written is buffered by us, so the system need not wait for more (RFC 896). It does not for one small packet, which
     * often is all: the option is a system call.
     */
    private void beforeWrite(long count) throws IOException {
        if (!prompt && (written || count > ONE_PACKET_BYTES)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            prompt = true;
        }
        written = true;
    }

    private static boolean canBeRead(FileChannel file, long position) {
        try {
            int unused = file.read(ByteBuffer.allocate(1), position);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The first error of a write tells whether the peer's end came before its reset: see {@link BrokenPipe}. */
    private IOException failure(IOException found) {
        IOException first = error;
        if (first == null) {
            first = LINUX && BrokenPipe.is(found) ? new StoppedReadingException(found) : found;
            error = first;
        }
        return first;
    }

    /**
     * The peer seems to have ended, and the connection may be reset: throws, where it is.
     *
     * <p>Linux tells of a reset once, to whoever asks first. If a write was told, a read sees what looks like the peer's end. A
     * write that has failed, and could not say so yet, is waited for; one that waits for the peer is not.
     */
    void checkPeersEnd() throws IOException {
        if (!awaitWriter()) {
            return;
        }
        IOException first = error;
        if (first != null && !(first instanceof StoppedReadingException)) {
            throw new IOException(first.getMessage(), first);
        }
    }

    /** Whether no write is under way any more; false where one is, and the connection is as good as a half-close leaves it. */
    private boolean awaitWriter() throws IOException {
        try {
            // the table may miss an entry while others change: it is asked again, less and less often
            for (long millis = WRITER_MILLIS;
                    !writing.tryLock(millis, TimeUnit.MILLISECONDS);
                    millis = Math.min(2 * millis, MAX_WRITER_MILLIS)) {
                if (!failed && SocketTable.isHalfClosed(channel)) {
                    return false;
                }
            }
            writing.unlock();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the thread was interrupted while it waited for the peer");
        }
    }

    /**
     * Our clean end.
     *
     * @param peerEnded whether the peer's came before
     */
    void finish(boolean peerEnded) throws IOException {
        writing.lock();
        try {
            // only now: before its end, a message must not look whole when this process dies (docs/wire.md)
            if (peerEnded) {
                SocketOptions.finished(channel);
                channel.close();
            } else {
                channel.shutdownOutput();
                SocketOptions.finished(channel);
            }
        } finally {
            writing.unlock();
        }
    }
}
