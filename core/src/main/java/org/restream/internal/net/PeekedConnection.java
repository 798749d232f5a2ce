package org.restream.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.restream.internal.link.Connection;

/** A connection of which the first bytes can be looked at before anybody reads them. */
public final class PeekedConnection implements Connection {
    private static final int PEEKED_BYTES = 64;

    private final Connection connection;
    private ByteBuffer peeked = ByteBuffer.allocate(0);
    private boolean ended;

    public PeekedConnection(Connection connection) {
        this.connection = connection;
    }

    /**
     * Waits for the first byte, but not for long.
     *
     * @return what has come, for whoever takes it in place of a read; empty where nothing came in time, or the peer has ended
     */
    public ByteBuffer peek(Duration most) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(PEEKED_BYTES);
        ended = connection.readWithin(first, most) < 0;
        peeked = first.flip();
        return peeked;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (peeked.hasRemaining()) {
            int count = Math.min(peeked.remaining(), into.remaining());
            into.put(peeked.slice(peeked.position(), count));
            peeked.position(peeked.position() + count);
            return count;
        }
        return ended ? -1 : connection.read(into);
    }

    @Override
    public int readWithin(ByteBuffer into, Duration most) throws IOException {
        return peeked.hasRemaining() || ended ? read(into) : connection.readWithin(into, most);
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        connection.write(from);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return connection.transferFrom(file, position, count);
    }

    @Override
    public void finish() throws IOException {
        connection.finish();
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public void abort() {
        connection.abort();
    }

    @Override
    public InetSocketAddress peer() {
        return connection.peer();
    }

    @Override
    public Optional<X509Certificate> peerCertificate() {
        return connection.peerCertificate();
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public void open() throws IOException {
        connection.open();
    }

    @Override
    public boolean isSecure() {
        return connection.isSecure();
    }

    @Override
    public String applicationProtocol() {
        return connection.applicationProtocol();
    }

    @Override
    public boolean endedSilently() {
        return connection.endedSilently();
    }

    @Override
    public void onMove(Runnable moved) {
        connection.onMove(moved);
    }

    @Override
    public void boundSendBuffer() {
        connection.boundSendBuffer();
    }

    @Override
    public void keepAlive() {
        connection.keepAlive();
    }
}
