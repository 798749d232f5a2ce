package org.restream.internal.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.Outgoing;
import org.restream.Refusal;
import org.restream.RestreamException;
import org.restream.internal.wire.JsonValues;
import org.restream.internal.wire.TextEncoder;

/**
 * Our message as the user writes it. The buffer is sent when it is full, on flush and end, before a read of the same
 * thread waits, after a listener, when the handler returns, and when another thread writes.
 *
 * <p>{@link #close()} alone does not end it, because it is also called when an exception leaves a try-with-resources
 * block. It rejects further writes. The end follows when the handler goes on: when it returns, or when the thread that
 * has closed waits for the peer.
 */
final class OutgoingStream extends Outgoing {
    private static final String CLOSED_ELSEWHERE =
            "another thread has closed this exchange's Outgoing without ending it: a thread that fails closes too, so"
                    + " only end() tells the peer that all has been written";

    /** A step under the lock. */
    private interface Step {
        void run() throws IOException;
    }

    private final OutgoingMessage message;
    private final ExchangeState state;
    private final ReentrantLock lock = new ReentrantLock();
    private final TextEncoder text = new TextEncoder();
    private volatile boolean keptOpen;

    OutgoingStream(OutgoingMessage message, ExchangeState state) {
        this.message = message;
        this.state = state;
    }

    @Override
    public Outgoing header(Map<String, ?> more) {
        return normalized(JsonValues.normalized(more));
    }

    @Override
    public Outgoing header(String name, @Nullable Object value) {
        Objects.requireNonNull(name, "name");
        return normalized(Collections.singletonMap(name, JsonValues.normalized(name, value)));
    }

    private Outgoing normalized(Map<String, @Nullable Object> more) {
        // check without the lock first, because a thread that writes may hold it for long
        message.checkHeaderUnsent(more.keySet());
        lock.lock();
        try {
            message.checkHeaderUnsent(more.keySet());
            message.fields(more);
            return this;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        locked(() -> {
            message.checkOpen();
            text.end();
            message.body(bytes);
        });
    }

    @Override
    public void write(String piece) throws IOException {
        Objects.requireNonNull(piece, "text");
        locked(() -> {
            message.checkOpen();
            message.body(ByteBuffer.wrap(text.encode(piece)));
        });
    }

    private void locked(Step step) throws IOException {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() throws IOException {
        locked(() -> {
            if (message.isWritable()) {
                message.checkOpen();
                message.flush();
            }
        });
    }

    /**
     * Before the calling thread waits for the peer: sends what it has written, and ends what it has closed, because the
     * peer may be waiting for that. If the connection fails, that is recorded, and the read will find it.
     */
    void beforeWait() {
        flushOwn();
        Thread by = message.closedBy();
        if (by == null || !isCloseInDoubt()) {
            return;
        }
        if (by != Thread.currentThread()) {
            throw new IllegalStateException(CLOSED_ELSEWHERE);
        }
        try {
            end();
        } catch (IOException e) {
            assert isOver();
        }
    }

    /**
     * Sends what the calling thread has written, but not what another thread has: that one may be blocked in a write
     * until this one reads.
     */
    void flushOwn() {
        if (isOver() || !lock.tryLock()) {
            return;
        }
        try {
            if (message.hasUnsentOfCaller() && !isOver()) {
                message.flush();
            }
        } catch (IOException e) {
            // recorded; if the peer has only stopped reading, its answer can still be read
            assert isOver();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end() throws IOException {
        locked(() -> {
            if (!message.hasEnded()) {
                message.checkTaken();
                text.end();
                message.end();
            }
        });
    }

    @Override
    public void close() throws IOException {
        locked(() -> {
            if (message.isWritable()) {
                message.checkOpen();
                text.end();
                message.close();
            }
        });
        if (isCloseInDoubt() && state.progress.isAwaitedByAnother()) {
            state.fail(Reason.HANDLER, new IllegalStateException(CLOSED_ELSEWHERE));
        }
    }

    @Override
    public long transferFrom(Path file) throws IOException {
        return transferFrom(file, 0, FileTransfer.ALL);
    }

    @Override
    public long transferFrom(Path file, long from, long count) throws IOException {
        try (FileTransfer transfer = FileTransfer.open(file, from, count)) {
            locked(() -> {
                message.checkOpen();
                text.end();
                message.flush();
                message.file(transfer);
            });
            return transfer.sent();
        }
    }

    @Override
    public void abort() {
        if (!state.progress.isWhole()) {
            state.fail(Reason.ABORTED, new RestreamException("the exchange was aborted by this side"));
        }
    }

    @Override
    public Outgoing keepOpen() {
        keptOpen = true;
        return this;
    }

    /** Whether a close may have come after half of the message: neither a call nor the return of the handler is there to end it. */
    private boolean isCloseInDoubt() {
        return !state.progress.handlerReturned && !endsByCall() && !isOver();
    }

    /** The handler has returned: sends the buffer, and ends the message, unless the user has to end it. */
    void handlerReturned() throws IOException {
        if (isOver()) {
            return;
        }
        if (!endsByCall()) {
            end();
            return;
        }
        locked(() -> {
            if (message.hasUnsent() && !isOver()) {
                message.flush();
            }
        });
    }

    /** Sends a refusal in place of an answer; false if the answer has begun. */
    boolean refuse(Refusal refusal) throws IOException {
        lock.lock();
        try {
            return message.refuse(refusal);
        } finally {
            lock.unlock();
        }
    }

    boolean keptOpen() {
        return keptOpen;
    }

    /** Whether only a call of the user ends it. */
    boolean endsByCall() {
        return state.progress.listening || keptOpen;
    }

    /** Whether nothing more will be sent. */
    boolean isOver() {
        return message.isOver();
    }
}
