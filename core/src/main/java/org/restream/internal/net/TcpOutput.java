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

/**
 * The sending direction of a TCP connection, and its first error. The rules and their measurements are in docs/wire.md.
 */
final class TcpOutput {
    /** EPIPE shows the order of the peer's end and its reset; this was measured on Linux only. */
    private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

    private static final int MAX_FILE_BYTES = 256 * 1024;
    /**
     * Older JDKs pass the socket's file descriptor to the kernel without protecting it from being closed. The file's
     * bytes could then go to another connection that got the same descriptor, and nothing ended a copy that waits. Java
     * 21 may be right already; tests have shown it for 25.
     */
    private static final boolean KERNEL_COPIES = Runtime.version().feature() >= 25;

    /** Fits into one packet on any network. */
    private static final int ONE_PACKET_BYTES = 512;
    /** How long to wait for a write of another thread before asking the system instead. */
    private static final long WRITER_MILLIS = 10;

    private static final long MAX_WRITER_MILLIS = 1_000;

    private final SocketChannel channel;
    private final ReentrantLock writing = new ReentrantLock();
    /** Set at once when a write fails; to find out what kind of failure it was takes some time. */
    private volatile boolean failed;

    private volatile @Nullable IOException error;
    private volatile Runnable moved = () -> {};
    private boolean written;
    /** Whether TCP_NODELAY is set. */
    private boolean prompt;

    TcpOutput(SocketChannel channel) {
        this.channel = channel;
    }

    /** Sets a callback for each write that has moved something. */
    void onMove(Runnable run) {
        moved = run;
    }

    void write(ByteBuffer from) throws IOException {
        // an interrupt flag that is already set has a meaning for the caller only, but would close the channel
        boolean interrupted = Thread.interrupted();
        int limit = from.limit();
        if (!from.isDirect()) {
            from.limit(from.position() + Math.min(from.remaining(), TcpConnection.MAX_BYTES));
        }
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
     * Copies by the kernel. From Java 21 on, a socket that a virtual thread has used is non-blocking, so the kernel
     * copies nothing while the send buffer is full.
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
                // an error of the file, not of the connection: the read that follows reports it
                return 0;
            }
            failed = true;
            throw failure(e);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Sets TCP_NODELAY, because our writes are buffered already (RFC 896). A single small packet is sent at once
     * anyway, and often there is no other, so the first one saves this system call.
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

    /** The first error of a write shows whether the peer's end came before its reset: see {@link BrokenPipe}. */
    private IOException failure(IOException found) {
        IOException first = error;
        if (first == null) {
            first = LINUX && BrokenPipe.is(found) ? new StoppedReadingException(found) : found;
            error = first;
        }
        return first;
    }

    /**
     * Called when a read sees the peer's end. Throws if the connection was in fact reset.
     *
     * <p>Linux reports a reset only once, to the first call that asks. If that was a write, a read sees what looks like
     * the peer's end. So this waits for a write that has failed and not returned yet; it does not wait for a write that
     * waits for the peer.
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

    /** Returns true when no write is in progress; false if one is, and the system shows the peer's end and no reset. */
    private boolean awaitWriter() throws IOException {
        try {
            // the table may miss an entry while others change, so ask again, less and less often
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
     * Ends our direction cleanly.
     *
     * @param peerEnded whether the peer has ended its direction already
     */
    void finish(boolean peerEnded) throws IOException {
        writing.lock();
        try {
            // not earlier: before its end, a message must not look whole if this process dies (docs/wire.md)
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
