package org.restream.internal.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.internal.link.Connection;
import org.restream.internal.link.StoppedReadingException;

/** A plain TCP connection as a link. The rules and their measurements are in docs/wire.md. */
public final class TcpConnection implements Connection {
    /**
     * The most that one system call moves: bounds the buffers which the JDK keeps, and shows that something moves. 64 KiB are
     * four full records of TLS, and more in their wrapping.
     */
    private static final int MAX_BYTES = 65 * 1024;

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
    /** The system moves it in steps of a third of it, or less: what a peer has to read in an idleTimeout to be seen to read. */
    private static final int BOUNDED_SEND_BUFFER = 128 * 1024;

    /** After this wait for a write that is under way the system is asked instead. */
    private static final long WRITER_MILLIS = 10;

    private static final long MAX_WRITER_MILLIS = 1_000;

    private final SocketChannel channel;
    private final SocketOptions options;
    private final InetSocketAddress peer;
    private final ReentrantLock writing = new ReentrantLock();
    /** Set first: what kind of failure it was takes some time to find out. */
    private volatile boolean writeFailed;

    private volatile @Nullable IOException writeError;
    /** Whether something was written, and whether what is written goes out at once. */
    private boolean written;

    private boolean prompt;
    private volatile boolean peerEnded;
    private volatile boolean received;
    private volatile Runnable moved = () -> {};

    /**
     * Takes over a connected channel, see {@link SocketOptions#resetUntilFinished}.
     *
     * @throws IOException it is broken already
     */
    TcpConnection(SocketChannel channel, SocketOptions options) throws IOException {
        this.channel = channel;
        this.options = options;
        peer = (InetSocketAddress) channel.getRemoteAddress();
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public void onMove(Runnable moved) {
        this.moved = moved;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the thread was interrupted before it waited for the peer");
        }
        int limit = into.limit();
        into.limit(into.position() + Math.min(into.remaining(), MAX_BYTES));
        try {
            int count = channel.read(into);
            if (count < 0) {
                checkEnd();
                peerEnded = true;
            } else {
                received = true;
            }
            moved.run();
            return count;
        } finally {
            into.limit(limit);
        }
    }

    @Override
    public boolean hasReceived() {
        return received;
    }

    /**
     * Linux tells of a reset once, to whoever asks first. If a write was told, a read sees what looks like the peer's end. A
     * write that has failed, and could not say so yet, is waited for; one that waits for the peer is not.
     */
    private void checkEnd() throws IOException {
        if (!awaitWriter()) {
            return;
        }
        IOException error = writeError;
        if (error != null && !(error instanceof StoppedReadingException)) {
            throw new IOException(error.getMessage(), error);
        }
    }

    /** Whether no write is under way any more; false where one is, and the connection is as good as a half-close leaves it. */
    private boolean awaitWriter() throws IOException {
        try {
            // the table may miss an entry while others change: it is asked again, less and less often
            for (long millis = WRITER_MILLIS;
                    !writing.tryLock(millis, TimeUnit.MILLISECONDS);
                    millis = Math.min(2 * millis, MAX_WRITER_MILLIS)) {
                if (!writeFailed && SocketTable.isHalfClosed(channel)) {
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

    @Override
    public void write(ByteBuffer from) throws IOException {
        // a flag that the caller's thread already has means something of its own: it would close the channel
        boolean interrupted = Thread.interrupted();
        int limit = from.limit();
        from.limit(from.position() + Math.min(from.remaining(), MAX_BYTES));
        writing.lock();
        try {
            beforeWrite(from.remaining());
            channel.write(from);
            moved.run();
        } catch (IOException e) {
            writeFailed = true;
            throw failedWrite(e);
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
    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
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
            writeFailed = true;
            throw failedWrite(e);
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
    private IOException failedWrite(IOException error) {
        IOException first = writeError;
        if (first == null) {
            first = LINUX && BrokenPipe.is(error) ? new StoppedReadingException(error) : error;
            writeError = first;
        }
        return first;
    }

    @Override
    public void boundSendBuffer() {
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BOUNDED_SEND_BUFFER);
        } catch (IOException e) {
            // it is closed, which whoever uses it finds out
            return;
        }
    }

    @Override
    public void keepAlive() {
        try {
            options.keepAlive(channel);
        } catch (IOException e) {
            // it is closed, or the system has no such thing
        }
    }

    @Override
    public void finish() throws IOException {
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

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // both messages have ended: there is nothing left to lose
        }
    }

    @Override
    public void abort() {
        try {
            SocketOptions.resetUntilFinished(channel);
        } catch (IOException e) {
            // closed already, or the system refuses: then the close below is all that can be done
        }
        close();
    }
}
