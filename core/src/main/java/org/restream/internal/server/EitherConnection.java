package org.restream.internal.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.restream.internal.link.Connection;
import org.restream.internal.net.PeekedConnection;

/**
 * A connection that may carry a session or a plain exchange, as its first byte tells. It may come after the plain exchange has begun,
 * whose handler need not wait for it. As long as nothing was written, a session's first byte takes the connection from the
 * exchange: that fails, and does the connection no harm.
 */
final class EitherConnection extends PeekedConnection {
    /** What it carries. */
    private enum Wire {
        NOT_KNOWN,
        PLAIN,
        SESSION
    }

    private final AtomicReference<Wire> wire = new AtomicReference<>(Wire.NOT_KNOWN);
    /** What has come of a session's first line. */
    private ByteBuffer first = ByteBuffer.allocate(0);

    EitherConnection(Connection connection) {
        super(connection);
    }

    /** Whether a session's first byte has come after the exchange had begun. */
    boolean isSession() {
        return wire.get() == Wire.SESSION;
    }

    /** The connection itself, for a session, whose bytes say nothing more about what it carries: {@code r} is one like any other. */
    Connection takeForSession() {
        wire.set(Wire.SESSION);
        return connection;
    }

    /** What was read of it. */
    ByteBuffer first() {
        return first;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (wire.get() == Wire.PLAIN) {
            return super.read(into);
        }
        checkPlain();
        int start = into.position();
        int count = super.read(into);
        if (count > 0 && into.get(start) == PlainOnlyConnection.SESSION_BYTE) {
            ByteBuffer copy = ByteBuffer.allocate(count);
            copy.put(into.slice(start, count)).flip();
            first = copy;
            if (wire.compareAndSet(Wire.NOT_KNOWN, Wire.SESSION)) {
                checkPlain();
            }
        } else {
            decidePlain();
        }
        return count;
    }

    private void checkPlain() throws IOException {
        if (isSession()) {
            throw new IOException("the connection carries a session, as its first byte shows");
        }
    }

    private void decidePlain() {
        wire.compareAndSet(Wire.NOT_KNOWN, Wire.PLAIN);
    }

    private void claimPlain() throws IOException {
        decidePlain();
        checkPlain();
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        claimPlain();
        super.write(from);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        claimPlain();
        return super.transferFrom(file, position, count);
    }

    @Override
    public void finish() throws IOException {
        claimPlain();
        super.finish();
    }

    @Override
    public void close() {
        if (!isSession()) {
            super.close();
        }
    }

    @Override
    public void abort() {
        if (!isSession()) {
            super.abort();
        }
    }
}
