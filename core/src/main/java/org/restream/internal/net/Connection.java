package org.restream.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.internal.link.Link;
import org.restream.internal.link.StoppedReadingException;

/** A plain TCP connection as a link. The rules and their measurements are in docs/wire.md. */
public final class Connection implements Link {
    /**
     * The most that one system call moves: bounds the buffers which the JDK keeps, and shows that something moves. 64 KiB are
     * four full records of TLS, and more in their wrapping.
     */
    private static final int MOST = 65 * 1024;

    private static final int MOST_OF_FILE = 256 * 1024;
    /**
     * Before, the JDK hands the kernel the number of the socket's descriptor without keeping that from being closed: a file's
     * bytes could go to another connection, which has the same number by then; and nothing ended a copy that waits. From Java 21
     * on it may be right; tests have shown it for 25.
     */
    private static final boolean KERNEL_COPIES = Runtime.version().feature() >= 25;

    /** Less than any network takes in one packet. */
    private static final int ONE_PACKET = 512;
    /** Longer than any thread takes from a failed system call to the line after it. */
    private static final long WRITE_ERROR_MILLIS = 1_000;

    private final SocketChannel channel;
    private final SocketOptions options;
    private final InetSocketAddress peer;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile @Nullable IOException writeError;
    /** Whether something was written, and whether what is written goes out at once. */
    private boolean written;

    private boolean prompt;
    private volatile boolean peerEnded;
    private volatile Runnable moved = () -> {};

    /**
     * Takes over a connected channel, see {@link SocketOptions#resetUntilFinished}.
     *
     * @throws IOException it is broken already
     */
    Connection(SocketChannel channel, SocketOptions options) throws IOException {
        this.channel = channel;
        this.options = options;
        peer = (InetSocketAddress) channel.getRemoteAddress();
    }

    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public void onMove(Runnable moved) {
        this.moved = moved;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int limit = into.limit();
        into.limit(into.position() + Math.min(into.remaining(), MOST));
        try {
            int count = channel.read(into);
            if (count < 0) {
                checkEnd();
                peerEnded = true;
            }
            moved.run();
            return count;
        } finally {
            into.limit(limit);
        }
    }

    /**
     * Linux tells of a reset once, to whoever asks first. If a write was told, a read sees what looks like the peer's end.
     */
    private void checkEnd() throws IOException {
        try {
            // a write that has failed just now may not have said so yet; one that waits has not failed
            if (writing.tryLock(WRITE_ERROR_MILLIS, TimeUnit.MILLISECONDS)) {
                writing.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IOException error = writeError;
        if (error != null && !(error instanceof StoppedReadingException)) {
            throw new IOException(error.getMessage(), error);
        }
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        // a flag that the caller's thread already has means something of its own: it would close the channel
        boolean interrupted = Thread.interrupted();
        int limit = from.limit();
        from.limit(from.position() + Math.min(from.remaining(), MOST));
        writing.lock();
        try {
            beforeWrite(from.remaining());
            channel.write(from);
            moved.run();
        } catch (IOException e) {
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
            long sent = file.transferTo(position, Math.min(count, MOST_OF_FILE), channel);
            moved.run();
            return sent;
        } catch (IOException e) {
            if (!canBeRead(file, position)) {
                // the file's trouble, not the connection's: who reads it is told
                return 0;
            }
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
        if (!prompt && (written || count > ONE_PACKET)) {
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
            first = BrokenPipe.is(error) ? new StoppedReadingException(error) : error;
            writeError = first;
        }
        return first;
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
