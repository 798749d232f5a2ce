package org.restream.internal.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.link.Link;

/**
 * Reads the peer's message from the link: its header, then its body. One thread at a time is at it. Before it waits for the peer
 * it sends what the waiting thread has written.
 */
final class MessageReader {
    private final ExchangeState state;
    private final Progress progress;
    private final Monitor monitor;
    private final LinkInput input;
    private final IncomingHeader header;
    /** For the body, once the header is known. */
    private final ReentrantLock bodyLock = new ReentrantLock();

    private boolean dropped;
    /** The watcher waits until something is taken. */
    private volatile boolean takingAwaited;

    MessageReader(
            Link link,
            ExchangeState state,
            Progress progress,
            HeaderDeadline deadline,
            OutgoingStream out,
            Monitor monitor,
            ExchangeConfig config) {
        this.state = state;
        this.progress = progress;
        this.monitor = monitor;
        input = new LinkInput(link, state, progress, deadline, out, config.emptyAllowed());
        header = new IncomingHeader(input, state, progress, deadline, config);
    }

    /** The header, where it has come. */
    @Nullable
    Header headerIfCame() {
        return header.ifCame();
    }

    Header header() throws IOException {
        return header.await();
    }

    /** Body bytes that can be had without waiting. */
    int available() {
        if (!progress.headerKnown || !bodyLock.tryLock()) {
            // who reads has the buffer, and waits
            return 0;
        }
        try {
            return input.bytes().remaining();
        } finally {
            bodyLock.unlock();
        }
    }

    /** As {@link java.io.InputStream#read(byte[], int, int)}. */
    int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        header.await();
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
        header.await();
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
     * Drops the next piece of the body.
     *
     * @return false at the end
     */
    boolean drop() throws IOException {
        header.await();
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

    /** As {@link #header}, for a thread that only watches. */
    void awaitHeader() throws IOException {
        input.watching(header::await);
    }

    /**
     * Waits until the peer has said something of its body that nobody has read, has ended, or is lost; or until another thread has
     * read. For a thread that only watches.
     *
     * @return false where another thread has read, which has heard for itself
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

    /** Waits until more than so many body bytes have been taken, or something else is so, of which the monitor is told. */
    void awaitTaken(long before, BooleanSupplier other) throws InterruptedException {
        takingAwaited = true;
        try {
            monitor.await(() -> progress.received() != before || other.getAsBoolean());
        } finally {
            takingAwaited = false;
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

    private void taken(int count) {
        progress.received(count);
        if (takingAwaited) {
            monitor.signal();
        }
    }
}
