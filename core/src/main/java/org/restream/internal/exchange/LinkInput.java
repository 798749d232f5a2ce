package org.restream.internal.exchange;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.internal.link.Link;

/**
 * Reads from the link through a buffer. Before a thread waits for the peer, what it has written is sent. Failures of
 * the link are recorded here. Only one thread at a time may read.
 */
final class LinkInput {
    private final Link link;
    private final ExchangeState state;
    private final OutgoingStream out;
    private final boolean emptyAllowed;

    private final ReadBuffer buffer = new ReadBuffer();
    /** Null once the header has come: a connection may wait for long after it. */
    private volatile @Nullable HeaderDeadline deadline;

    private volatile @Nullable Thread watcher;

    /**
     * @param emptyAllowed whether a peer may end without a byte
     */
    LinkInput(Link link, ExchangeState state, HeaderDeadline deadline, OutgoingStream out, boolean emptyAllowed) {
        this.link = link;
        this.state = state;
        this.deadline = deadline;
        this.out = out;
        this.emptyAllowed = emptyAllowed;
    }

    /** The bytes that were read and not consumed yet. */
    ByteBuffer bytes() {
        return buffer.bytes();
    }

    /** Waits until there are bytes; false at the peer's end. */
    boolean await() throws IOException {
        return buffer.bytes().hasRemaining() || fill();
    }

    /** Waits for more bytes when all are consumed; false at the peer's end. */
    private boolean fill() throws IOException {
        if (state.progress.peerEnded) {
            return false;
        }
        ByteBuffer came = link.poll();
        if (came != null) {
            buffer.replace(came);
            return true;
        }
        if (link.isAtEnd()) {
            state.progress.peerEnded = true;
            return false;
        }
        buffer.adapt();
        ByteBuffer room = buffer.room();
        try {
            beforeRead();
            return !ended(link.read(room));
        } catch (IOException e) {
            throw failed(e);
        } finally {
            buffer.filled();
            afterRead();
        }
    }

    /** Whether a read of this many bytes should bypass the buffer, see {@link #direct}. */
    boolean isDirectBetter(int length) {
        return !buffer.bytes().hasRemaining() && !state.progress.peerEnded && length >= buffer.capacity();
    }

    /** Reads without the buffer, when all its bytes are consumed; -1 at the peer's end. */
    int direct(ByteBuffer into) throws IOException {
        try {
            beforeRead();
            int count = link.read(into);
            ended(count);
            return count;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            afterRead();
        }
    }

    private void beforeRead() throws IOException {
        if (!isWatcher()) {
            state.progress.waiting = Thread.currentThread();
            beforeWait();
        }
    }

    private void afterRead() {
        if (!isWatcher()) {
            state.progress.waiting = null;
        }
    }

    private boolean ended(int count) {
        state.progress.peerEnded |= count < 0;
        return count < 0;
    }

    /** Records what has ended a read, and returns the exception for its caller. */
    private IOException failed(IOException found) throws IOException {
        if (found instanceof ClosedByInterruptException) {
            // if this is the first reason, the user's code has interrupted: the library records a reason before it
            // interrupts
            state.fail(Reason.HANDLER, found);
            return state.exception();
        }
        if (found instanceof InterruptedIOException) {
            state.check();
            return found;
        }
        if (isEmpty()) {
            state.fail(Reason.EMPTY, found);
        } else {
            state.lost(found);
        }
        return state.exception();
    }

    private boolean isEmpty() {
        return !emptyAllowed && !state.progress.headerKnown && state.progress.headerBytesPending == 0;
    }

    /** Subtracts time that was used before from the peer's time for its header. */
    void headerTimeSpent(Duration time) {
        HeaderDeadline running = deadline;
        if (running != null) {
            running.spent(time);
        }
    }

    /** From now on the peer may take any time. */
    void endDeadline() {
        HeaderDeadline running = deadline;
        if (running != null) {
            running.cancel();
            deadline = null;
        }
    }

    /** Call this before the calling thread waits for the peer, or for another thread that does. */
    void beforeWait() throws IOException {
        state.check();
        HeaderDeadline running = deadline;
        if (running != null) {
            running.waiting(state.progress.headerBytesPending);
        }
        out.beforeWait();
        state.check();
    }

    /** Waits for a thread that reads; sends what the calling thread has written before, as if it read itself. */
    void lock(ReentrantLock lock) throws IOException {
        if (lock.tryLock()) {
            return;
        }
        if (isWatcher()) {
            lock.lock();
            return;
        }
        state.progress.waiting = Thread.currentThread();
        try {
            beforeWait();
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // a loss interrupts too, and is the more useful exception
            state.check();
            throw new InterruptedIOException("interrupted while another thread reads the same message");
        } finally {
            state.progress.waiting = null;
        }
    }

    /** A read by a watcher. */
    interface Watch<T> {
        T run() throws IOException;
    }

    /** Marks the calling thread as a watcher while it reads: it has nothing to send, and does not count as waiting. */
    <T> T watching(Watch<T> work) throws IOException {
        watcher = Thread.currentThread();
        try {
            return work.run();
        } finally {
            watcher = null;
        }
    }

    /** Whether the calling thread is a watcher. */
    boolean isWatcher() {
        return Thread.currentThread() == watcher;
    }
}
