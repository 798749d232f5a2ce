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

/** What the peer says, out of the records on the link. One thread at a time reads. */
final class TlsInbound {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MIN_BYTES = 1024;
    private static final int MAX_BYTES = 64 * 1024;
    private static final int FACTOR = 4;

    private final Link link;
    private final SSLEngine engine;
    private final TlsUnwrapper unwrapper;
    private final TlsOutbound outbound;

    /** From the link, not yet decrypted. */
    private ByteBuffer records = NOTHING;
    /** Decrypted, not yet taken, where the reader's buffer had no room for a whole record. */
    private ByteBuffer plain = NOTHING;

    private int lastRead;
    private boolean ended;

    TlsInbound(Link link, SSLEngine engine, TlsUnwrapper unwrapper, TlsOutbound outbound) {
        this.link = link;
        this.engine = engine;
        this.unwrapper = unwrapper;
        this.outbound = outbound;
    }

    /** As {@link Link#read}. */
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
        // after the handshake: new keys, which the peer may ask an answer to
        TlsHandshake.runTasks(engine);
        if (!ended && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            outbound.sendIfFree();
        }
    }

    /** One step of the handshake. */
    void unwrapHandshake() throws IOException {
        SSLEngineResult result = unwrap(NOTHING);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            // the peer's first words come right behind
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

    /** The first byte that the peer sends; waits for it. */
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

    /** Small at first, larger while data flows, and at least as large as a record that has begun. */
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
