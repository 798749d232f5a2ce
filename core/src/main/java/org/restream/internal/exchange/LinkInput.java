package org.restream.internal.exchange;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.internal.link.Link;

/**
 * What comes from the link, through a buffer. Before it waits for the peer it sends what the waiting thread has written. What goes
 * wrong on the link is recorded here. One thread at a time reads.
 */
final class LinkInput {
    private final Link link;
    private final ExchangeState state;
    private final Progress progress;
    private final HeaderDeadline deadline;
    private final OutgoingStream out;
    private final boolean emptyAllowed;

    private final ReadBuffer buffer = new ReadBuffer();
    private int lastRead;
    private volatile @Nullable Thread watcher;

    /**
     * @param emptyAllowed whether a peer may end without a byte
     */
    LinkInput(
            Link link,
            ExchangeState state,
            Progress progress,
            HeaderDeadline deadline,
            OutgoingStream out,
            boolean emptyAllowed) {
        this.link = link;
        this.state = state;
        this.progress = progress;
        this.deadline = deadline;
        this.out = out;
        this.emptyAllowed = emptyAllowed;
    }

    /** What has come and was not taken. */
    ByteBuffer bytes() {
        return buffer.bytes();
    }

    /** Whether there is something; waits for it, if not. False at the peer's end. */
    boolean await() throws IOException {
        return buffer.bytes().hasRemaining() || fill();
    }

    /** Waits for more, once all is taken; false at the peer's end. */
    private boolean fill() throws IOException {
        if (progress.peerEnded) {
            return false;
        }
        buffer.adapt(lastRead);
        if (read(() -> buffer.fill(link)) < 0) {
            return false;
        }
        lastRead = buffer.bytes().remaining();
        return true;
    }

    /** Whether a read of so many bytes is better made past the buffer, see {@link #direct}. */
    boolean isDirectBetter(int length) {
        return !buffer.bytes().hasRemaining() && !progress.peerEnded && length >= buffer.capacity();
    }

    /** Reads past the buffer, once all in it is taken; -1 at the peer's end. */
    int direct(ByteBuffer into) throws IOException {
        return read(() -> link.read(into));
    }

    private interface Read {
        int run() throws IOException;
    }

    private int read(Read read) throws IOException {
        boolean watching = isWatcher();
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
        return !emptyAllowed && !progress.headerKnown && progress.headerBytesPending == 0;
    }

    /** The calling thread is about to wait for the peer, or for another thread that does. */
    void beforeWait() throws IOException {
        state.check();
        deadline.waiting(progress.headerBytesPending);
        out.beforeWait();
        state.check();
    }

    /** Whoever waits for another thread that reads has sent what it said, as if it read itself. */
    void lock(ReentrantLock lock) throws IOException {
        if (lock.tryLock()) {
            return;
        }
        if (isWatcher()) {
            lock.lock();
            return;
        }
        progress.waiting = Thread.currentThread();
        try {
            beforeWait();
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // a loss interrupts too, and is the better reason
            state.check();
            throw new InterruptedIOException("interrupted while another thread reads the same message");
        } finally {
            progress.waiting = null;
        }
    }

    /** Some reading. */
    interface Watch<T> {
        T run() throws IOException;
    }

    /** Has the calling thread read as one that only watches: it has nothing to send, and nobody waits by it. */
    <T> T watching(Watch<T> work) throws IOException {
        watcher = Thread.currentThread();
        try {
            return work.run();
        } finally {
            watcher = null;
        }
    }

    /** Whether the calling thread only watches. */
    boolean isWatcher() {
        return Thread.currentThread() == watcher;
    }
}
