package org.restream.internal.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.restream.internal.link.Connection;

/** A plain TCP connection as a link. The rules and their measurements are in docs/wire.md. */
public final class TcpConnection implements Connection {
    /**
     * The most bytes that one system call moves, except for a direct buffer. It limits the buffers that the JDK keeps,
     * and lets the idle watch see progress. Four full TLS records have 64 KiB of content, and slightly more with their
     * headers.
     */
    static final int MAX_BYTES = 65 * 1024;

    /**
     * The system makes progress in steps of a third of this or less: as much as a peer has to read within an
     * idleTimeout.
     */
    private static final int BOUNDED_SEND_BUFFER = 128 * 1024;

    private final SocketChannel channel;
    private final SocketOptions options;
    private final InetSocketAddress peer;
    private final TcpOutput output;
    private volatile boolean peerEnded;
    private boolean received;
    private volatile boolean endedSilently;
    private volatile Runnable moved = () -> {};

    /**
     * Wraps a connected channel, see {@link SocketOptions#resetUntilFinished}.
     *
     * @throws IOException it is broken already
     */
    TcpConnection(SocketChannel channel, SocketOptions options) throws IOException {
        this.channel = channel;
        this.options = options;
        peer = (InetSocketAddress) channel.getRemoteAddress();
        output = new TcpOutput(channel);
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public void onMove(Runnable moved) {
        this.moved = moved;
        output.onMove(moved);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the thread was interrupted before it waited for the peer");
        }
        int limit = into.limit();
        if (!into.isDirect()) {
            into.limit(into.position() + Math.min(into.remaining(), MAX_BYTES));
        }
        try {
            int count = channel.read(into);
            if (count < 0) {
                endedSilently = !received;
                output.checkPeersEnd();
                peerEnded = true;
            } else {
                received = true;
            }
            moved.run();
            return count;
        } catch (ClosedChannelException e) {
            // closed by this side
            throw e;
        } catch (IOException e) {
            endedSilently = !received;
            throw e;
        } finally {
            into.limit(limit);
        }
    }

    /** By the socket's adaptor, since a channel's own read knows no time. */
    @Override
    public int readWithin(ByteBuffer into, Duration most) throws IOException {
        Socket socket = channel.socket();
        socket.setSoTimeout((int) Math.max(1, most.toMillis()));
        byte[] first = new byte[1];
        try {
            int count = socket.getInputStream().read(first);
            if (count > 0) {
                into.put(first[0]);
                received = true;
            } else if (count < 0) {
                endedSilently = true;
                output.checkPeersEnd();
                peerEnded = true;
            }
            return count;
        } catch (SocketTimeoutException e) {
            return 0;
        } catch (IOException e) {
            endedSilently = true;
            throw e;
        } finally {
            socket.setSoTimeout(0);
        }
    }

    @Override
    public boolean endedSilently() {
        return endedSilently;
    }

    /** What has been received so far was from a proxy: a peer that sends nothing more ends silently. */
    public void receivedOnlyFromProxy() {
        received = false;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        output.write(from);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return output.transferFrom(file, position, count);
    }

    @Override
    public void finish() throws IOException {
        output.finish(peerEnded);
    }

    @Override
    public void boundSendBuffer() {
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BOUNDED_SEND_BUFFER);
        } catch (IOException e) {
            // the channel is closed; the next read or write reports that
            return;
        }
    }

    @Override
    public void keepAlive() {
        try {
            options.keepAlive(channel);
        } catch (IOException e) {
            // the channel is closed, or the system has no such option
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // both messages have ended, so nothing can be lost
        }
    }

    @Override
    public void abort() {
        try {
            SocketOptions.resetUntilFinished(channel);
        } catch (IOException e) {
            // closed already, or the system refuses the option: the close below is all that can be done
        }
        close();
    }
}
