package org.restream.internal.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.Outgoing;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.link.Link;
import org.restream.internal.link.StoppedReadingException;
import org.restream.internal.wire.JsonValues;
import org.restream.internal.wire.TextEncoder;

/**
 * Our message as the user writes it: HEADER, then BODY, then ENDED, or REFUSED by a peer that reads no more.
 *
 * <p>{@link #close()} alone is no end: it is also called when an exception leaves a try-with-resources block. It takes no more
 * writes, and the end follows when the handler goes on: it returns, or the thread that has closed waits for the peer.
 */
final class OutgoingStream extends Outgoing {
    private enum State {
        HEADER,
        BODY,
        ENDED,
        REFUSED
    }

    private static final String CLOSED_ELSEWHERE =
            "another thread has closed this exchange's Outgoing, and not ended it: a thread"
                    + " that fails closes too, so only end() tells the peer that all has been written";

    /** What is done under the lock. */
    private interface Step {
        void run() throws IOException;
    }

    private final MessageWriter writer;
    private final Failure failure;
    private final Monitor monitor;
    private final BooleanSupplier peerEnded;
    private final BooleanSupplier awaited;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private final TextEncoder text = new TextEncoder();

    private volatile State state = State.HEADER;
    private volatile boolean keptOpen;
    private volatile @Nullable IOException refusedBy;
    /** The thread whose writes are still buffered, or null. */
    private @Nullable Thread unsentBy;
    /** The thread that has called {@link #close()}, or null. */
    private volatile @Nullable Thread closedBy;

    /**
     * Makes one.
     *
     * @param peerEnded whether the peer's clean end was seen
     * @param awaited whether a handler waits for the peer on another thread, which no end of ours may reach
     */
    OutgoingStream(Link link, Failure failure, Monitor monitor, BooleanSupplier peerEnded, BooleanSupplier awaited) {
        this.writer = new MessageWriter(link);
        this.failure = failure;
        this.monitor = monitor;
        this.peerEnded = peerEnded;
        this.awaited = awaited;
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
            fields.putAll(more);
            unsentBy = Thread.currentThread();
            return this;
        } finally {
            lock.unlock();
        }
    }

    private void checkHeaderUnsent(String names) {
        if (state != State.HEADER) {
            throw new IllegalStateException("too late for the header (" + names
                    + "): it goes out with the first write, flush or end, or before a read once a field is set");
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        locked(() -> {
            checkOpen();
            text.end();
            body(bytes);
        });
    }

    @Override
    public void write(String piece) throws IOException {
        Objects.requireNonNull(piece, "text");
        locked(() -> {
            checkOpen();
            body(ByteBuffer.wrap(text.encode(piece)));
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

    private void body(ByteBuffer bytes) throws IOException {
        onLink(() -> {
            sendOthers();
            startBody();
            writer.body(bytes);
        });
    }

    /**
     * What another thread has written, and not sent, is sent by the one that writes after it: the other may wait for the
     * answer, and its read will not send what this one has only half written.
     */
    private void sendOthers() throws IOException {
        if (unsentBy != Thread.currentThread() && state == State.BODY) {
            writer.flush();
        }
        unsentBy = Thread.currentThread();
    }

    private void checkOpen() throws IOException {
        if (failure.happened()) {
            throw failure.exception();
        }
        if (state == State.ENDED) {
            throw new IOException("the stream has ended: nothing can be written after end()");
        }
        if (closedBy != null) {
            throw new IOException("the stream is closed: nothing can be written after close()");
        }
        checkTaken();
    }

    private void checkTaken() throws IOException {
        if (state == State.REFUSED) {
            throw refusal();
        }
    }

    private void onLink(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException e) {
            if (e instanceof StoppedReadingException && !failure.happened()) {
                refusedBy = e;
                state = State.REFUSED;
                monitor.signal();
                throw refusal();
            }
            failure.lost(e);
            throw failure.exception();
        }
    }

    private ConnectionLostException refusal() {
        return new ConnectionLostException(
                "the peer stopped reading after " + sent() + " body bytes; what it answered can still be read",
                refusedBy);
    }

    private void startBody() throws IOException {
        if (state == State.HEADER) {
            state = State.BODY;
            writer.header(Header.from(fields));
            fields = Map.of();
        }
    }

    private void flushAll() throws IOException {
        onLink(() -> {
            startBody();
            writer.flush();
        });
        unsentBy = null;
    }

    @Override
    public void flush() throws IOException {
        locked(() -> {
            if (state != State.ENDED && closedBy == null) {
                checkOpen();
                flushAll();
            }
        });
    }

    /**
     * Sends what the calling thread has said. Not what another has: it may be in the midst of writing, and this one is about
     * to read, which the other's progress may depend on.
     */
    void flushOwn() throws IOException {
        if (over() || !lock.tryLock()) {
            return;
        }
        try {
            if (unsentBy == Thread.currentThread() && !over()) {
                flushAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The handler is about to wait for the peer, which may wait for our end: what this thread has closed ends now. What another
     * thread has closed may be half of a message, since that thread may have failed.
     */
    void endClosed() throws IOException {
        Thread by = closedBy;
        if (by == null || keptOpen || over()) {
            return;
        }
        if (by != Thread.currentThread()) {
            throw new IllegalStateException(CLOSED_ELSEWHERE);
        }
        end();
    }

    @Override
    public void end() throws IOException {
        locked(() -> {
            if (state != State.ENDED) {
                if (failure.happened()) {
                    throw failure.exception();
                }
                checkTaken();
                text.end();
                onLink(() -> {
                    startBody();
                    writer.finish();
                });
                state = State.ENDED;
                monitor.signal();
            }
        });
    }

    @Override
    public void close() throws IOException {
        locked(() -> {
            if (state != State.ENDED && closedBy == null) {
                checkOpen();
                text.end();
                flushAll();
                closedBy = Thread.currentThread();
            }
        });
        if (!keptOpen && !over() && awaited.getAsBoolean()) {
            failure.threw(new IllegalStateException(CLOSED_ELSEWHERE));
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
                flushAll();
                transfer.run(this::toLink);
            });
            return transfer.sent();
        }
    }

    private long toLink(FileTransfer.Piece piece) throws IOException {
        long before = sent();
        onLink(() -> piece.sendTo(writer));
        return sent() - before;
    }

    @Override
    public void abort() {
        if (state != State.ENDED || !peerEnded.getAsBoolean()) {
            failure.aborted();
        }
    }

    @Override
    public Outgoing keepOpen() {
        keptOpen = true;
        return this;
    }

    /** The handler has returned: sends the rest, and ends unless somebody else will. */
    void handlerReturned(boolean listenersAttached) throws IOException {
        if (over()) {
            return;
        }
        if (!listenersAttached && !keptOpen) {
            end();
            return;
        }
        locked(() -> {
            if (unsentBy != null && !over()) {
                flushAll();
            }
        });
    }

    /** Whether nothing more will be sent. */
    boolean over() {
        return state == State.ENDED || state == State.REFUSED || failure.happened();
    }

    /** What a write is told once the peer reads no more; null while it does. */
    @Nullable
    ConnectionLostException refused() {
        return state == State.REFUSED ? refusal() : null;
    }

    boolean keptOpen() {
        return keptOpen;
    }

    long sent() {
        return writer.sent();
    }
}
