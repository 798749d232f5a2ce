package org.restream.internal.fake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.HeaderTooLargeException;
import org.restream.MalformedHeaderException;
import org.restream.internal.link.Connection;
import org.restream.internal.wire.HeaderReader;
import org.restream.internal.wire.HeaderWriter;

/** A connection in memory, to a peer that sends what the test has defined, and immediately receives everything. */
final class MemoryConnection implements Connection {
    private static final int PIECE = 8 * 1024;

    private final ScriptedPeer peer;
    private final InputStream said;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private boolean finished;
    private boolean over;

    MemoryConnection(ScriptedPeer peer) {
        this.peer = peer;
        said = new SequenceInputStream(new ByteArrayInputStream(HeaderWriter.bytes(peer.header())), peer.body());
    }

    @Override
    public InetSocketAddress peer() {
        return peer.address();
    }

    @Override
    public Optional<X509Certificate> peerCertificate() {
        return Optional.ofNullable(peer.certificate());
    }

    /** Never: the scripted peer always sends a header. */
    @Override
    public boolean endedSilently() {
        return false;
    }

    /** Does nothing: no time-outs run here. */
    @Override
    public void onMove(Runnable moved) {}

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the thread was interrupted before it waited for the peer");
        }
        checkOpen();
        byte[] bytes = new byte[Math.min(into.remaining(), PIECE)];
        // without a lock, because the peer's stream may block
        int count = said.read(bytes);
        checkOpen();
        if (count < 0 && peer.lost()) {
            throw new IOException("Connection reset");
        }
        into.put(bytes, 0, Math.max(count, 0));
        return count;
    }

    private synchronized void checkOpen() throws IOException {
        if (over) {
            throw new IOException("the link is closed");
        }
    }

    @Override
    public synchronized void write(ByteBuffer from) throws IOException {
        checkOpen();
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        heard.writeBytes(bytes);
    }

    @Override
    public synchronized void finish() throws IOException {
        checkOpen();
        finished = true;
    }

    @Override
    public synchronized void close() {
        over = true;
    }

    @Override
    public synchronized void abort() {
        over = true;
    }

    /** What the peer has received so far. */
    synchronized Heard heard() {
        ByteBuffer bytes = ByteBuffer.wrap(heard.toByteArray());
        Header header = header(bytes);
        byte[] body = new byte[bytes.remaining()];
        bytes.get(body);
        return new Heard(header, body, finished);
    }

    private static @Nullable Header header(ByteBuffer bytes) {
        try {
            return new HeaderReader(Integer.MAX_VALUE).take(bytes);
        } catch (HeaderTooLargeException | MalformedHeaderException e) {
            throw new AssertionError("we have sent an invalid header", e);
        }
    }

    /**
     * Our message as the peer has received it.
     *
     * @param header its header; null if none was received
     * @param body the part of its body that was received
     * @param whole whether its clean end was received
     */
    record Heard(@Nullable Header header, byte[] body, boolean whole) {}
}
