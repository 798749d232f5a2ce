package org.restream.internal.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.restream.internal.net.ForwardingConnection;
import org.restream.internal.net.TcpConnection;

/** A client's connection behind a proxy, after the header: the peer is the client, and what came with the header is read first. */
final class ProxiedConnection extends ForwardingConnection {
    private final InetSocketAddress client;
    private final boolean silent;
    private ByteBuffer rest;

    /**
     * @param client whom the proxy has named; or the proxy's own address
     * @param rest what was read after the header
     */
    ProxiedConnection(TcpConnection connection, InetSocketAddress client, ByteBuffer rest) {
        super(connection);
        this.client = client;
        this.rest = rest;
        silent = !rest.hasRemaining();
        connection.receivedOnlyFromProxy();
    }

    @Override
    public InetSocketAddress peer() {
        return client;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return rest.hasRemaining() ? take(into) : connection.read(into);
    }

    @Override
    public int readWithin(ByteBuffer into, Duration most) throws IOException {
        return rest.hasRemaining() ? take(into) : connection.readWithin(into, most);
    }

    private int take(ByteBuffer into) {
        int count = Math.min(rest.remaining(), into.remaining());
        into.put(rest.slice(rest.position(), count));
        rest.position(rest.position() + count);
        if (!rest.hasRemaining()) {
            rest = ByteBuffer.allocate(0);
        }
        return count;
    }

    @Override
    public boolean endedSilently() {
        return silent && connection.endedSilently();
    }
}
