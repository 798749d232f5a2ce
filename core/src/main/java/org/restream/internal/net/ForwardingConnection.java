package org.restream.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.restream.internal.link.Connection;

/** A connection that is another one, but for what a subclass changes. */
public class ForwardingConnection implements Connection {
    protected final Connection connection;

    protected ForwardingConnection(Connection connection) {
        this.connection = connection;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return connection.read(into);
    }

    @Override
    public int readWithin(ByteBuffer into, Duration most) throws IOException {
        return connection.readWithin(into, most);
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
    public void dropRest(long maxBytes) throws IOException {
        connection.dropRest(maxBytes);
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
