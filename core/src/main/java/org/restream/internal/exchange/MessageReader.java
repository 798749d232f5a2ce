package org.restream.internal.exchange;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.HeaderTooLargeException;
import org.restream.MalformedHeaderException;
import org.restream.RefusedException;
import org.restream.internal.link.Link;
import org.restream.internal.wire.HeaderReader;

/**
 * Reads the peer's message from the link: its header, then its body. One thread at a time is at it. Before it waits for the peer
 * it sends what the waiting thread has written.
 */
final class MessageReader {
    private final Link link;
    private final ExchangeState state;
    private final Progress progress;
    private final HeaderDeadline deadline;
    private final OutgoingStream out;
    private final HeaderReader headerReader;
    private final boolean emptyAllowed;
    private final boolean refusals;
    /** For the header: not held while somebody waits for the body, so that who wants the header does not wait for that. */
    private final ReentrantLock headerLock = new ReentrantLock();
    /** For the body, once the header is known. */
    private final ReentrantLock bodyLock = new ReentrantLock();

    private final ReadBuffer buffer = new ReadBuffer();

    private int lastRead;
    private volatile @Nullable Header header;
    private boolean dropped;
    private volatile @Nullable Thread watcher;

    MessageReader(
            Link link,
            ExchangeState state,
            Progress progress,
            HeaderDeadline deadline,
            OutgoingStream out,
            ExchangeConfig config) {
        this.link = link;
        this.state = state;
        this.progress = progress;
        this.deadline = deadline;
        this.out = out;
        this.headerReader = new HeaderReader(config.maxHeaderBytes());
        this.emptyAllowed = config.emptyAllowed();
        this.refusals = config.refusals() && config.side() == ExchangeConfig.Side.CLIENT;
    }

    /** The header, where it has come. */
    @Nullable
    Header headerIfCame() {
        return progress.headerCame ? header : null;
    }

    Header header() throws IOException {
        Header known = header;
        if (known != null) {
            return known;
        }
        lock(headerLock);
        try {
            return readHeader();
        } finally {
            headerLock.unlock();
        }
    }

    /** Whoever waits for another thread that reads has sent what it said, as if it read itself. */
    private void lock(ReentrantLock lock) throws IOException {
        if (lock.tryLock()) {
            return;
        }
        progress.waiting = Thread.currentThread();
        try {
            beforeWait();
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another thread reads the same message");
        } finally {
            progress.waiting = null;
        }
    }

    private Header readHeader() throws IOException {
        Header known = header;
        if (known != null) {
            return known;
        }
        // what follows a header that was refused is none either
        state.check();
        try {
            while (known == null) {
                if (buffer.bytes().hasRemaining() || fill()) {
                    known = headerReader.take(buffer.bytes());
                    progress.headerCame = known != null;
                } else {
                    headerReader.end();
                    known = ofNothing();
                }
            }
        } catch (MalformedHeaderException | HeaderTooLargeException e) {
            // what the header's reader has found; what the link has found is recorded already
            state.fail(Reason.HEADER, e);
            throw state.exception();
        }
        deadline.cancel();
        // first: who asks again is not to take it for an answer's
        checkNotRefused(known);
        header = known;
        progress.headerKnown = true;
        return known;
    }

    /** The peer has ended without a byte: a proxy with nobody behind it does so, and a port scan. */
    private Header ofNothing() throws IOException {
        if (!emptyAllowed) {
            state.fail(
                    Reason.EMPTY,
                    new ConnectionLostException("the peer ended the connection without sending a byte", null));
            throw state.exception();
        }
        return Header.of();
    }

    private void checkNotRefused(Header came) throws IOException {
        RefusedException refused = refusals ? RefusalHeader.read(came) : null;
        if (refused != null) {
            state.fail(Reason.REFUSED, refused);
            throw state.exception();
        }
    }

    /** Body bytes that can be had without waiting. */
    int available() {
        return progress.headerKnown ? buffer.bytes().remaining() : 0;
    }

    /** As {@link java.io.InputStream#read(byte[], int, int)}. */
    int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        header();
        lock(bodyLock);
        try {
            state.check();
            checkWhole();
            if (!buffer.bytes().hasRemaining()) {
                if (!progress.peerEnded && length >= buffer.capacity()) {
                    return direct(ByteBuffer.wrap(into, offset, length));
                }
                if (!fill()) {
                    return -1;
                }
            }
            int count = Math.min(length, buffer.bytes().remaining());
            buffer.bytes().get(into, offset, count);
            progress.received(count);
            return count;
        } finally {
            bodyLock.unlock();
        }
    }

    /** The next piece of the body, in an array of its own; null at the end. */
    byte @Nullable [] chunk() throws IOException {
        header();
        lock(bodyLock);
        try {
            state.check();
            checkWhole();
            if (!buffer.bytes().hasRemaining() && !fill()) {
                return null;
            }
            byte[] chunk = new byte[buffer.bytes().remaining()];
            buffer.bytes().get(chunk);
            progress.received(chunk.length);
            return chunk;
        } finally {
            bodyLock.unlock();
        }
    }

    /**
     * Drops the next piece of the body.
     *
     * @return false at the end
     */
    boolean drop() throws IOException {
        header();
        lock(bodyLock);
        try {
            state.check();
            if (!buffer.bytes().hasRemaining() && !fill()) {
                return false;
            }
            dropped = true;
            progress.received(buffer.bytes().remaining());
            buffer.bytes().position(buffer.bytes().limit());
            return true;
        } finally {
            bodyLock.unlock();
        }
    }

    /** As {@link #header}, for a thread that only watches: it has nothing to send. */
    void awaitHeader() throws IOException {
        watcher = Thread.currentThread();
        try {
            header();
        } finally {
            watcher = null;
        }
    }

    /**
     * Waits until the peer has said something of its body that nobody has read, has ended, or is lost; for a thread that only
     * watches.
     */
    void awaitBody() throws IOException {
        watcher = Thread.currentThread();
        try {
            bodyLock.lock();
            try {
                if (!buffer.bytes().hasRemaining()) {
                    fill();
                }
            } finally {
                bodyLock.unlock();
            }
        } finally {
            watcher = null;
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
    long transferTo(OutputStream to) throws IOException {
        long total = 0;
        for (byte[] chunk = chunk(); chunk != null; chunk = chunk()) {
            to.write(chunk, 0, chunk.length);
            total += chunk.length;
        }
        return total;
    }

    /** Past our buffer, where the caller has a larger one. */
    private int direct(ByteBuffer into) throws IOException {
        int count = await(() -> link.read(into));
        if (count > 0) {
            progress.received(count);
        }
        return count;
    }

    private boolean fill() throws IOException {
        if (progress.peerEnded) {
            return false;
        }
        buffer.adapt(lastRead);
        if (await(() -> buffer.fill(link)) < 0) {
            return false;
        }
        lastRead = buffer.bytes().remaining();
        return true;
    }

    private interface Read {
        int run() throws IOException;
    }

    private int await(Read read) throws IOException {
        boolean watching = Thread.currentThread() == watcher;
        try {
            if (!watching) {
                progress.waiting = Thread.currentThread();
                beforeWait();
            }
            int count = read.run();
            progress.peerEnded |= count < 0;
            return count;
        } catch (ClosedByInterruptException e) {
            // by the user's code, if this is the reason: who ends an exchange says so first
            state.fail(Reason.HANDLER, e);
            throw state.exception();
        } catch (InterruptedIOException e) {
            state.check();
            throw e;
        } catch (IOException e) {
            if (isEmpty()) {
                state.fail(Reason.EMPTY, e);
            } else {
                state.lost(e);
            }
            throw state.exception();
        } finally {
            if (!watching) {
                progress.waiting = null;
            }
        }
    }

    private boolean isEmpty() {
        return !emptyAllowed && !progress.headerKnown && headerReader.pending() == 0;
    }

    private void beforeWait() throws IOException {
        state.check();
        deadline.waiting(headerReader.pending());
        out.beforeWait();
        state.check();
    }
}
