package org.restream.internal.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
 * Our message as the user writes it. What is buffered goes out when the buffer is full, on flush and end, before a read of the same
 * thread waits, after a listener, when the handler returns, and when another thread writes.
 *
 * <p>{@link #close()} alone is no end: it is also called when an exception leaves a try-with-resources block. It takes no more
 * writes, and the end follows when the handler goes on: it returns, or the thread that has closed waits for the peer.
 */
final class OutgoingStream extends Outgoing {
    private static final String CLOSED_ELSEWHERE =
            "another thread has closed this exchange's Outgoing, and not ended it: a thread that fails closes too, so only"
                    + " end() tells the peer that all has been written";

    /** What is done under the lock. */
    private interface Step {
        void run() throws IOException;
    }

    private final OutgoingMessage message;
    private final ExchangeState state;
    private final Progress progress;
    private final ReentrantLock lock = new ReentrantLock();
    private final TextEncoder text = new TextEncoder();
    private volatile boolean keptOpen;
    /** The thread that has called {@link #close()}, or null. */
    private volatile @Nullable Thread closedBy;

    OutgoingStream(OutgoingMessage message, ExchangeState state, Progress progress) {
        this.message = message;
        this.state = state;
        this.progress = progress;
    }

    @Override
    public Outgoing header(Map<String, ?> more) {
        return header(JsonValues.normalized(more), more.keySet().toString());
    }

    @Override
    public Outgoing header(String name, @Nullable Object value) {
        Objects.requireNonNull(name, "name");
        Map<String, @Nullable Object> field = new LinkedHashMap<>();
        field.put(name, JsonValues.normalized(name, value));
        return header(field, name);
    }

    private Outgoing header(Map<String, @Nullable Object> more, String names) {
        // first without the lock: a thread that writes may hold it for long
        checkHeaderUnsent(names);
        lock.lock();
        try {
            checkHeaderUnsent(names);
            message.fields(more);
            return this;
        } finally {
            lock.unlock();
        }
    }

    private void checkHeaderUnsent(String names) {
        if (message.hasBegun()) {
            throw new IllegalStateException("too late for the header (" + names
                    + "): it goes out with the first write, flush or end, or before a read once a field is set");
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        locked(() -> {
            checkOpen();
            text.end();
            message.body(bytes);
        });
    }

    @Override
    public void write(String piece) throws IOException {
        Objects.requireNonNull(piece, "text");
        locked(() -> {
            checkOpen();
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

    private void checkOpen() throws IOException {
        state.check();
        if (message.hasEnded()) {
            throw new IOException("the stream has ended: nothing can be written after end()");
        }
        if (closedBy != null) {
            throw new IOException("the stream is closed: nothing can be written after close()");
        }
        message.checkTaken();
    }

    @Override
    public void flush() throws IOException {
        locked(() -> {
            if (!message.hasEnded() && closedBy == null) {
                checkOpen();
                message.flush();
            }
        });
    }

    /**
     * Before the calling thread waits for the peer: sends what it has written, and ends what it has closed, since the peer may
     * wait for that. Where the connection fails, that is recorded, and the read finds it.
     */
    void beforeWait() {
        flushOwn();
        Thread by = closedBy;
        if (by == null || keptOpen || progress.listening || isOver()) {
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
     * Sends what the calling thread has written. Not what another has: it may be in the midst of writing, and this one is about
     * to read, which the other's progress may depend on.
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
            // recorded, and where the peer only reads no more, there still is its answer to read
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
            if (!message.hasEnded() && closedBy == null) {
                checkOpen();
                text.end();
                message.flush();
                closedBy = Thread.currentThread();
            }
        });
        if (!keptOpen && !progress.listening && !isOver() && progress.isAwaitedByAnother()) {
            state.fail(Reason.HANDLER, new IllegalStateException(CLOSED_ELSEWHERE));
        }
    }

    @Override
    public long transferFrom(Path file) throws IOException {
        return transferFrom(file, 0);
    }

    @Override
    public long transferFrom(Path file, long from) throws IOException {
        if (from < 0) {
            throw new IllegalArgumentException("the position in a file must be 0 or more, not " + from);
        }
        try (FileTransfer transfer = FileTransfer.open(file, from)) {
            locked(() -> {
                checkOpen();
                text.end();
                message.flush();
                send(transfer);
            });
            return transfer.sent();
        }
    }

    /** Once part of it has gone out, the rest has to, or the message has a hole. */
    private void send(FileTransfer transfer) throws IOException {
        try {
            transfer.run(message::file);
        } catch (IOException | RuntimeException | Error e) {
            if (transfer.sent() > 0 && !message.isRefused()) {
                state.fail(Reason.HANDLER, e);
            }
            throw e;
        }
    }

    @Override
    public void abort() {
        if (!progress.isWhole()) {
            state.fail(Reason.ABORTED, new RestreamException("the exchange was aborted by this side"));
        }
    }

    @Override
    public Outgoing keepOpen() {
        keptOpen = true;
        return this;
    }

    /** The handler has returned: sends the rest, and ends unless the user will. */
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

    /** Says no in place of an answer; false where the answer has begun. */
    boolean refuse(Refusal refusal) throws IOException {
        lock.lock();
        try {
            if (message.hasBegun() || isOver()) {
                return false;
            }
            message.onlyFields(RefusalHeader.of(refusal));
            message.end();
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean keptOpen() {
        return keptOpen;
    }

    /** Whether only a call of the user's ends it. */
    boolean endsByCall() {
        return progress.listening || keptOpen;
    }

    /** Whether nothing more will be sent. */
    boolean isOver() {
        return message.isOver();
    }
}
