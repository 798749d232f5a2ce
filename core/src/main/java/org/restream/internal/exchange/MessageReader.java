package org.restream.internal.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.internal.link.Link;
import org.restream.internal.wire.HeaderReader;

/** Reads the peer's message from the link: its header, then its body. One thread at a time is at it. */
final class MessageReader {
    private final Link link;
    private final Failure failure;
    private final HeaderReader headerReader;
    private final Runnable beforeWait;
    /** For the header: not held while somebody waits for the body, so that who wants the header does not wait for that. */
    private final ReentrantLock headerTurn = new ReentrantLock();
    /** For the body, once the header is known. */
    private final ReentrantLock turn = new ReentrantLock();

    private final ReadBuffer buffer = new ReadBuffer();

    private int lastRead;
    private volatile @Nullable Header header;
    private volatile boolean headerCame;
    private volatile boolean ended;
    private boolean dropped;
    private final AtomicLong received = new AtomicLong();

    MessageReader(Link link, Failure failure, int maxHeaderBytes, Runnable beforeWait) {
        this.link = link;
        this.failure = failure;
        this.headerReader = new HeaderReader(maxHeaderBytes);
        this.beforeWait = beforeWait;
    }

    /** Whether it is known: it came, or the message is empty. */
    boolean headerKnown() {
        return header != null;
    }

    boolean headerCame() {
        return headerCame;
    }

    @Nullable
    Header headerIfCame() {
        return headerCame ? header : null;
    }

    int headerBytesPending() {
        return headerReader.pending();
    }

    /** Whether the peer's clean end was seen. */
    boolean ended() {
        return ended;
    }

    /** Body bytes so far. */
    long received() {
        return received.get();
    }

    Header header() throws IOException {
        Header known = header;
        if (known != null) {
            return known;
        }
        headerTurn.lock();
        try {
            return readHeader();
        } finally {
            headerTurn.unlock();
        }
    }

    private Header readHeader() throws IOException {
        Header known = header;
        if (known != null) {
            return known;
        }
        // what follows a header that was refused is none either
        checkAlive();
        try {
            while (known == null) {
                if (buffer.bytes().hasRemaining() || fill()) {
                    known = headerReader.take(buffer.bytes());
                    headerCame = known != null;
                } else {
                    headerReader.end();
                    known = Header.of();
                }
            }
            header = known;
            return known;
        } catch (IOException e) {
            failure.lost(e);
            throw failure.exception();
        }
    }

    /** Body bytes that can be had without waiting. */
    int available() {
        return headerKnown() ? buffer.bytes().remaining() : 0;
    }

    /** As {@link java.io.InputStream#read(byte[], int, int)}. */
    int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        header();
        turn.lock();
        try {
            checkAlive();
            checkWhole();
            if (!buffer.bytes().hasRemaining()) {
                if (!ended && length >= buffer.capacity()) {
                    return direct(ByteBuffer.wrap(into, offset, length));
                }
                if (!fill()) {
                    return -1;
                }
            }
            int count = Math.min(length, buffer.bytes().remaining());
            buffer.bytes().get(into, offset, count);
            received.addAndGet(count);
            return count;
        } finally {
            turn.unlock();
        }
    }

    /** The next piece of the body, in an array of its own; null at the end. */
    byte @Nullable [] chunk() throws IOException {
        header();
        turn.lock();
        try {
            checkAlive();
            checkWhole();
            if (!buffer.bytes().hasRemaining() && !fill()) {
                return null;
            }
            byte[] chunk = new byte[buffer.bytes().remaining()];
            buffer.bytes().get(chunk);
            received.addAndGet(chunk.length);
            return chunk;
        } finally {
            turn.unlock();
        }
    }

    /**
     * Drops the next piece of the body.
     *
     * @return false at the end
     */
    boolean drop() throws IOException {
        header();
        turn.lock();
        try {
            checkAlive();
            if (!buffer.bytes().hasRemaining() && !fill()) {
                return false;
            }
            dropped = true;
            received.addAndGet(buffer.bytes().remaining());
            buffer.bytes().position(buffer.bytes().limit());
            return true;
        } finally {
            turn.unlock();
        }
    }

    /** Another thread may read still: it must not take what is left for the whole. */
    private void checkWhole() throws IOException {
        if (dropped) {
            throw new IOException("a part of the body was dropped: the handler had returned, and our own message had"
                    + " ended, before all of it was read");
        }
    }

    /** As {@link java.io.InputStream#transferTo}. */
    long transferTo(OutputStream out) throws IOException {
        long total = 0;
        for (byte[] chunk = chunk(); chunk != null; chunk = chunk()) {
            out.write(chunk, 0, chunk.length);
            total += chunk.length;
        }
        return total;
    }

    /** Past our buffer, where the caller has a larger one. */
    private int direct(ByteBuffer into) throws IOException {
        beforeWait();
        try {
            int count = link.read(into);
            if (count < 0) {
                ended = true;
            } else {
                received.addAndGet(count);
            }
            return count;
        } catch (IOException e) {
            failure.lost(e);
            throw failure.exception();
        }
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        beforeWait();
        buffer.adapt(lastRead);
        try {
            if (buffer.fill(link)) {
                lastRead = buffer.bytes().remaining();
                return true;
            }
            ended = true;
            return false;
        } catch (IOException e) {
            failure.lost(e);
            throw failure.exception();
        }
    }

    private void beforeWait() throws IOException {
        checkAlive();
        beforeWait.run();
        checkAlive();
    }

    private void checkAlive() throws IOException {
        if (failure.happened()) {
            throw failure.exception();
        }
    }
}
