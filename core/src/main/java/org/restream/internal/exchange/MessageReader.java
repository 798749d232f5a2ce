package org.restream.internal.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.internal.link.Link;

/**
 * Reads the peer's message from the link: its header, then its body. Only one thread at a time reads. Before a thread
 * waits for the peer, what it has written is sent.
 */
final class MessageReader {
    private final ExchangeState state;
    private final LinkInput input;
    /** Null once the header has come: a connection may wait for long after it. */
    private volatile @Nullable IncomingHeader incoming;

    private volatile @Nullable Header header;
    /** Guards reading the body, after the header has arrived. */
    private final ReentrantLock bodyLock = new ReentrantLock();

    private boolean dropped;
    /** Whether the watcher waits until bytes are consumed. */
    private volatile boolean takingAwaited;

    MessageReader(Link link, ExchangeState state, Duration headerTimeout, OutgoingStream out, ExchangeConfig config) {
        this.state = state;
        HeaderDeadline deadline = new HeaderDeadline(headerTimeout, config.timer(), state);
        input = new LinkInput(link, state, deadline, out, config.emptyAllowed());
        incoming = new IncomingHeader(input, state, config);
    }

    /** The header, if it has arrived; null before that, and if the peer has ended without a byte. */
    @Nullable
    Header headerIfCame() {
        return state.progress.headerCame ? header : null;
    }

    /** Waits for the header. */
    Header header() throws IOException {
        Header known = header;
        return known == null ? awaitHeader() : known;
    }

    private Header awaitHeader() throws IOException {
        IncomingHeader from = incoming;
        if (from == null) {
            // it has come in this moment, and is set before that is let go
            return header();
        }
        Header came = from.await();
        header = came;
        incoming = null;
        return came;
    }

    /** Subtracts time that was used before from the peer's time for its header. */
    void headerTimeSpent(Duration time) {
        input.headerTimeSpent(time);
    }

    /** The peer has no time limit for its header any more. */
    void endDeadline() {
        input.endDeadline();
    }

    /** The number of body bytes that can be read without waiting. */
    int available() {
        if (!state.progress.headerKnown || !bodyLock.tryLock()) {
            // another thread is reading, and waits
            return 0;
        }
        try {
            return input.bytes().remaining();
        } finally {
            bodyLock.unlock();
        }
    }

    /** Like {@link java.io.InputStream#read(byte[], int, int)}. */
    int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        header();
        input.lock(bodyLock);
        try {
            state.check();
            checkWhole();
            if (input.isDirectBetter(length)) {
                int count = input.direct(ByteBuffer.wrap(into, offset, length));
                taken(Math.max(count, 0));
                return count;
            }
            if (!input.await()) {
                return -1;
            }
            int count = Math.min(length, input.bytes().remaining());
            input.bytes().get(into, offset, count);
            taken(count);
            return count;
        } finally {
            bodyLock.unlock();
        }
    }

    /** The next piece of the body, in an array of its own; null at the end. */
    byte @Nullable [] chunk() throws IOException {
        header();
        input.lock(bodyLock);
        try {
            state.check();
            checkWhole();
            if (!input.await()) {
                return null;
            }
            byte[] chunk = new byte[input.bytes().remaining()];
            input.bytes().get(chunk);
            taken(chunk.length);
            return chunk;
        } finally {
            bodyLock.unlock();
        }
    }

    /**
     * Discards the next piece of the body.
     *
     * @return false at the end
     */
    boolean drop() throws IOException {
        header();
        input.lock(bodyLock);
        try {
            state.check();
            if (!input.await()) {
                return false;
            }
            dropped = true;
            taken(input.bytes().remaining());
            input.bytes().position(input.bytes().limit());
            return true;
        } finally {
            bodyLock.unlock();
        }
    }

    /** Like {@link #header}, for the watcher. */
    void watchHeader() throws IOException {
        input.watching(this::header);
    }

    /**
     * Waits until the peer has sent body bytes that nobody has read, has ended, or is lost; or until another thread has
     * read. For the watcher.
     *
     * @return false if another thread has read, which would have noticed a loss itself
     */
    boolean awaitBody() throws IOException {
        boolean first = bodyLock.tryLock();
        if (!first) {
            bodyLock.lock();
        }
        try {
            return first
                    && input.watching(() -> {
                        input.await();
                        return true;
                    });
        } finally {
            bodyLock.unlock();
        }
    }

    /**
     * Waits until more than this many body bytes have been consumed, or until another condition holds that signals the
     * monitor.
     */
    void awaitTaken(long before, BooleanSupplier other) throws InterruptedException {
        takingAwaited = true;
        try {
            state.monitor.await(() -> state.progress.received() != before || other.getAsBoolean());
        } finally {
            takingAwaited = false;
        }
    }

    /**
     * Throws if a part of the body was discarded: another thread that still reads must not mistake the rest for the
     * whole.
     */
    private void checkWhole() throws IOException {
        if (dropped) {
            throw new IOException("a part of the body was discarded: the handler had returned, and our own message had"
                    + " ended, before all of it was read");
        }
    }

    /** Like {@link java.io.InputStream#transferTo}. */
    long transferTo(OutputStream to) throws IOException {
        long total = 0;
        for (byte[] chunk = chunk(); chunk != null; chunk = chunk()) {
            to.write(chunk, 0, chunk.length);
            total += chunk.length;
        }
        return total;
    }

    private void taken(int count) {
        state.progress.received(count);
        if (takingAwaited) {
            state.monitor.signal();
        }
    }
}
