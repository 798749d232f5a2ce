package org.restream.internal.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.restream.internal.link.Link;

/**
 * The sending direction: encrypts into records. They are numbered, so only one thread at a time creates and writes
 * them.
 */
final class TlsOutbound {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** How many full records one write sends. */
    private static final int RECORDS = 4;

    private static final int FULL_RECORD = 16 * 1024;

    /** RFC 8446, section 6. */
    static final int UNEXPECTED_MESSAGE = 10;

    private static final byte ALERT = 21;
    private static final byte FATAL = 2;

    private final Link link;
    private final SSLEngine engine;
    private final TlsUnwrapper unwrapper;
    private final ReentrantLock lock = new ReentrantLock();
    private ByteBuffer records = NOTHING;
    /** Whether our message has ended, so that the engine may close our direction. */
    private boolean ending;
    /** An alert has gone out, and the end of the link behind it. */
    private volatile boolean saidLast;

    TlsOutbound(Link link, SSLEngine engine, TlsUnwrapper unwrapper) {
        this.link = link;
        this.engine = engine;
        this.unwrapper = unwrapper;
    }

    void write(ByteBuffer from) throws IOException {
        lock.lock();
        try {
            int most = Math.min(from.remaining(), RECORDS * FULL_RECORD);
            reserve(most);
            int limit = from.limit();
            from.limit(from.position() + most);
            try {
                while (from.hasRemaining()) {
                    wrap(from);
                }
            } finally {
                from.limit(limit);
            }
            flush();
            wrapWhatIsDue();
        } finally {
            lock.unlock();
        }
    }

    /** Sends what the engine itself has to send: parts of the handshake, key updates, alerts. */
    void send() throws IOException {
        lock.lock();
        try {
            do {
                wrap(NOTHING);
            } while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
            flush();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Like {@link #send}, unless another thread is writing, which then sends it: a reader must not wait for a write
     * that the peer may be blocking.
     */
    void sendIfFree() throws IOException {
        if (lock.tryLock()) {
            try {
                wrapWhatIsDue();
            } finally {
                lock.unlock();
            }
        }
    }

    private void wrapWhatIsDue() throws IOException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            send();
        }
    }

    /** Sends the last record, {@code close_notify}. */
    void finish() throws IOException {
        lock.lock();
        try {
            ending = true;
            engine.closeOutbound();
            while (!engine.isOutboundDone()) {
                wrap(NOTHING);
            }
            flush();
        } finally {
            lock.unlock();
        }
    }

    /** Sends the engine's alert on a connection that has failed; not while another thread is writing. */
    void sendLast() throws IOException {
        if (!lock.tryLock()) {
            return;
        }
        try {
            ending = true;
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !engine.isOutboundDone()) {
                wrap(NOTHING);
            }
            flush();
            link.finish();
            saidLast = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a fatal alert to a peer that does not speak TLS, so that its error message can show these bytes to its
     * user.
     */
    void sendAlert(int description) throws IOException {
        lock.lock();
        try {
            records = ByteBuffer.wrap(new byte[] {ALERT, 3, 3, 0, 2, FATAL, (byte) description});
            records.position(records.limit());
            flush();
            link.finish();
            saidLast = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the peer can read why this connection has failed. */
    boolean hasSaidLast() {
        return saidLast;
    }

    /** Frees the buffer, which is not needed between the handshake and the first write. */
    void release() {
        lock.lock();
        try {
            records = NOTHING;
        } finally {
            lock.unlock();
        }
    }

    private void wrap(ByteBuffer from) throws IOException {
        int before = records.position();
        Status status = engine.wrap(from, records).getStatus();
        if (status == Status.CLOSED && !ending) {
            // the peer's user_canceled or fatal alert has the engine end our direction too, which would look like our
            // clean
            // end
            records.clear();
            throw closed(new SSLException("the peer has cancelled the TLS connection"));
        }
        if (status == Status.BUFFER_OVERFLOW) {
            if (before > 0) {
                flush();
            }
            reserve(1);
        } else if (status == Status.CLOSED && records.position() == before) {
            // the alert has come while we said our end
            throw closed(new IOException("the TLS connection is closed for writing"));
        }
    }

    /** Why the engine is closed: what the reader has met, if anything. */
    private IOException closed(IOException otherwise) {
        SSLException failed = unwrapper.failure();
        return failed == null ? otherwise : TlsErrors.shown(failed);
    }

    /** Makes space. The engine requires space for a full record, however small the input is. */
    private void reserve(int plain) {
        int size = engine.getSession().getPacketBufferSize() * Math.max(1, (plain + FULL_RECORD - 1) / FULL_RECORD);
        if (records.capacity() < size) {
            records = ByteBuffer.allocate(size).put(records.flip());
        }
    }

    private void flush() throws IOException {
        records.flip();
        try {
            while (records.hasRemaining()) {
                link.write(records);
            }
        } finally {
            records.clear();
        }
    }
}
