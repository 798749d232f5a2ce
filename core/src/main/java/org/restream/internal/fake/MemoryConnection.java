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

/** A connection to a peer that says what it was told to, and takes all that it hears, at once. */
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

    /** It has a header at least. */
    @Override
    public boolean endedSilently() {
        return false;
    }

    /** Nobody watches it. */
    @Override
    public void onMove(Runnable moved) {}

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the thread was interrupted before it waited for the peer");
        }
        checkOpen();
        byte[] bytes = new byte[Math.min(into.remaining(), PIECE)];
        // under no lock: the peer may take its time
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

    /** What the peer has heard by now. */
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
            throw new AssertionError("we have sent what is no header", e);
        }
    }

    /**
     * Our message, as the peer has it.
     *
     * @param header its header; null where none has come
     * @param body as much of its body as has come
     * @param whole whether its clean end has come
     */
    record Heard(@Nullable Header header, byte[] body, boolean whole) {}
}
