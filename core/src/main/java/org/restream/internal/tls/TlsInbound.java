package org.restream.internal.tls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.restream.internal.link.Link;

/** The receiving direction: decrypts the records from the link. Only one thread at a time may read. */
final class TlsInbound {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MIN_BYTES = 1024;
    private static final int MAX_BYTES = 64 * 1024;
    private static final int FACTOR = 4;

    private final Link link;
    private final SSLEngine engine;
    private final TlsUnwrapper unwrapper;
    private final TlsOutbound outbound;

    /** Bytes from the link that are not decrypted yet. */
    private ByteBuffer records = NOTHING;
    /** Decrypted bytes that did not fit into the reader's buffer. */
    private ByteBuffer plain = NOTHING;

    private int lastRead;
    private boolean ended;

    TlsInbound(Link link, SSLEngine engine, TlsUnwrapper unwrapper, TlsOutbound outbound) {
        this.link = link;
        this.engine = engine;
        this.unwrapper = unwrapper;
        this.outbound = outbound;
    }

    /** Like {@link Link#read}. */
    int read(ByteBuffer into) throws IOException {
        int before = into.position();
        while (into.position() == before && into.hasRemaining()) {
            if (plain.hasRemaining()) {
                take(into);
            } else if (ended) {
                return -1;
            } else {
                decrypt(into);
            }
        }
        return into.position() - before;
    }

    private void take(ByteBuffer into) {
        int count = Math.min(into.remaining(), plain.remaining());
        into.put(plain.slice().limit(count));
        plain.position(plain.position() + count);
        if (!plain.hasRemaining()) {
            plain = NOTHING;
        }
    }

    private void decrypt(ByteBuffer into) throws IOException {
        SSLEngineResult result = unwrap(into);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            unwrapAside();
        } else if (result.getStatus() == Status.CLOSED) {
            ended = true;
        }
        // after the handshake: a key update, which may need a response
        TlsHandshake.runTasks(engine);
        if (!ended && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            outbound.sendIfFree();
        }
    }

    /** Reads for one step of the handshake. */
    void unwrapHandshake() throws IOException {
        SSLEngineResult result = unwrap(NOTHING);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            // application data may follow in the same read
            result = unwrapAside();
        }
        if (result.getStatus() == Status.CLOSED) {
            throw new EOFException("the peer ended the connection inside the TLS handshake");
        }
    }

    private SSLEngineResult unwrapAside() throws IOException {
        ByteBuffer aside = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        try {
            return unwrap(aside);
        } finally {
            plain = aside.flip();
        }
    }

    private SSLEngineResult unwrap(ByteBuffer into) throws IOException {
        while (true) {
            SSLEngineResult result;
            try {
                result = unwrapper.unwrap(records, into);
            } catch (SSLException e) {
                throw TlsErrors.told(e, outbound);
            }
            if (result.getStatus() != Status.BUFFER_UNDERFLOW) {
                return result;
            }
            fill();
        }
    }

    /** Waits for the first byte from the peer. */
    int firstByte() throws IOException {
        if (!records.hasRemaining()) {
            fill();
        }
        return records.get(records.position()) & 0xff;
    }

    private void fill() throws IOException {
        makeRoom();
        int count;
        try {
            count = link.read(records);
        } finally {
            records.flip();
        }
        if (count < 0) {
            throw new EOFException("the TLS stream ended without close_notify: it was cut");
        }
        lastRead = count;
    }

    /**
     * Makes space for more: a small buffer at first, a larger one while data flows, and at least the record that has
     * begun.
     */
    private void makeRoom() {
        int size = records.capacity();
        if (records.remaining() == size) {
            size = Math.max(MIN_BYTES, size * FACTOR);
        } else if (!records.hasRemaining() && lastRead == size && size < MAX_BYTES) {
            size *= FACTOR;
        } else if (!records.hasRemaining() && lastRead < size / (2 * FACTOR) && size > MIN_BYTES) {
            size /= FACTOR;
        }
        if (size == records.capacity()) {
            records.compact();
        } else {
            records = ByteBuffer.allocate(size).put(records);
        }
    }
}
