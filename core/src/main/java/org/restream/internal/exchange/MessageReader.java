package org.restream.internal.exchange;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.internal.link.Link;
import org.restream.internal.wire.HeaderReader;

/** Reads the peer's message from the link: its header, then its body. One thread at a time is at it. */
final class MessageReader {
    private final Link link;
    private final Failure failure;
    private final HeaderReader headerReader;
    private final boolean emptyAllowed;
    private final BeforeWait beforeWait;
    /** For the header: not held while somebody waits for the body, so that who wants the header does not wait for that. */
    private final ReentrantLock headerTurn = new ReentrantLock();
    /** For the body, once the header is known. */
    private final ReentrantLock turn = new ReentrantLock();

    private final ReadBuffer buffer = new ReadBuffer();

    private int lastRead;
    private volatile @Nullable Header header;
    private volatile boolean headerCame;
    private volatile boolean ended;
    private volatile boolean empty;
    private volatile @Nullable Thread waiting;
    private boolean dropped;
    private final AtomicLong received = new AtomicLong();

    /** What is done before a read waits for the peer. */
    interface BeforeWait {
        void run() throws IOException;
    }

    MessageReader(Link link, Failure failure, int maxHeaderBytes, boolean emptyAllowed, BeforeWait beforeWait) {
        this.link = link;
        this.failure = failure;
        this.headerReader = new HeaderReader(maxHeaderBytes);
        this.emptyAllowed = emptyAllowed;
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
        lock(headerTurn);
        try {
            return readHeader();
        } finally {
            headerTurn.unlock();
        }
    }

    /** Whoever waits for another thread that reads has sent what it said, as if it read itself. */
    private void lock(ReentrantLock lock) throws IOException {
        if (lock.tryLock()) {
            return;
        }
        beforeWait();
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another thread reads the same message");
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
                    known = ofNothing();
                }
            }
            header = known;
            return known;
        } catch (IOException e) {
            empty = !emptyAllowed && headerReader.pending() == 0 && !failure.happened();
            failure.lost(e);
            throw failure.exception();
        }
    }

    /** The peer has ended without a byte: a proxy with nobody behind it does so, and a port scan. */
    private Header ofNothing() throws IOException {
        if (!emptyAllowed) {
            throw new ConnectionLostException("the peer ended the connection without sending a byte", null);
        }
        return Header.of();
    }

    /** Whether the connection has ended without a byte of the peer's, where that is no message. */
    boolean isEmpty() {
        return empty;
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
        lock(turn);
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
        lock(turn);
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
        lock(turn);
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
        waiting = Thread.currentThread();
        try {
            beforeWait();
            int count = read(() -> link.read(into));
            if (count < 0) {
                ended = true;
            } else {
                received.addAndGet(count);
            }
            return count;
        } finally {
            waiting = null;
        }
    }

    private interface Read {
        int run() throws IOException;
    }

    private int read(Read read) throws IOException {
        try {
            return read.run();
        } catch (IOException e) {
            failure.lost(e);
            throw failure.exception();
        }
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        waiting = Thread.currentThread();
        try {
            beforeWait();
            buffer.adapt(lastRead);
            if (read(() -> buffer.fill(link)) < 0) {
                ended = true;
                return false;
            }
            lastRead = buffer.bytes().remaining();
            return true;
        } finally {
            waiting = null;
        }
    }

    /** Whether another thread than the calling one waits for the peer. */
    boolean isWaitedByAnother() {
        Thread who = waiting;
        return who != null && who != Thread.currentThread();
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
