package org.restream.internal.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.restream.RestreamException;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.net.ConnectionCare;
import org.restream.internal.net.TcpConnection;
import org.restream.internal.proxy.ProxyHeader;
import org.restream.internal.text.Durations;

/** Waits for the header of a proxy, within the time for headers. */
final class ProxyHeaderWait {
    /** A packet that any host has to accept, into which senders fit their headers. */
    private static final int FIRST_BYTES = 536;
    /** In the place of a reason: the header is there. */
    private static final IOException NONE = new IOException();

    private final TcpConnection connection;
    private final Duration limit;
    private final Duration idleTimeout;
    private final Timer timer;
    /** Why the wait was ended; null while it goes on. The first reason counts. */
    private final AtomicReference<@Nullable IOException> ended = new AtomicReference<>();

    private volatile int pending;

    /**
     * What has come.
     *
     * @param rest what was read after the header
     * @param spent how long it took
     */
    record Result(ProxyHeader header, ByteBuffer rest, Duration spent) {}

    ProxyHeaderWait(TcpConnection connection, Duration limit, Duration idleTimeout, Timer timer) {
        this.connection = connection;
        this.limit = limit;
        this.idleTimeout = idleTimeout;
        this.timer = timer;
    }

    /** Reads the header; may read more. */
    Result read() throws IOException {
        long began = timer.nanoTime();
        Timer.Task deadline = limit.isZero() ? Timer.Task.NONE : timer.after(limit, this::tooLate);
        ConnectionCare care = ConnectionCare.of(connection, idleTimeout, timer, this::end);
        try {
            ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES).flip();
            ProxyHeader header = null;
            while (header == null) {
                bytes = more(bytes);
                header = ProxyHeader.parse(bytes);
            }
            check();
            bytes.position(header.length());
            return new Result(header, bytes, Duration.ofNanos(timer.nanoTime() - began));
        } finally {
            deadline.cancel();
            care.close();
        }
    }

    /** Adds what comes next. */
    private ByteBuffer more(ByteBuffer bytes) throws IOException {
        ByteBuffer room = bytes.limit() < bytes.capacity()
                ? bytes.compact()
                : ByteBuffer.allocate(ProxyHeader.MAX_BYTES).put(bytes);
        int count;
        try {
            count = connection.read(room);
        } catch (IOException e) {
            IOException why = ended.get();
            throw why == null ? e : why;
        }
        if (count < 0) {
            throw new RestreamException("the connection ended inside the PROXY header, after " + pending + " bytes");
        }
        pending = room.position();
        return room.flip();
    }

    private void check() throws IOException {
        IOException why = ended.compareAndExchange(null, NONE);
        if (why != null) {
            throw why;
        }
    }

    private void tooLate() {
        end(new RestreamException("no whole PROXY header within " + Durations.text(limit) + " (headerTimeout), only "
                + pending + " bytes of one"));
    }

    /** Ends the wait, unless the header is there. */
    void end(IOException why) {
        if (ended.compareAndSet(null, why)) {
            connection.abort();
        }
    }
}
