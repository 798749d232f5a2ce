package org.restream.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.restream.internal.link.Connection;

/** A connection of which the first bytes can be looked at before anybody reads them. */
public class PeekedConnection extends ForwardingConnection {
    private static final int PEEKED_BYTES = 64;

    private ByteBuffer peeked = ByteBuffer.allocate(0);
    private boolean ended;

    public PeekedConnection(Connection connection) {
        super(connection);
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
}
