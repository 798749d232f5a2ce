package org.restream.internal.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

/** Our message as the user writes it: HEADER, then BODY, then ENDED, or REFUSED by a peer that reads no more. */
final class OutgoingStream extends Outgoing {
    private enum State {
        HEADER,
        BODY,
        ENDED,
        REFUSED
    }

    /** What is done under the lock. */
    private interface Step {
        void run() throws IOException;
    }

    private static final int COPY_SIZE = 16 * 1024;

    private final MessageWriter writer;
    private final Failure failure;
    private final Monitor monitor;
    private final BooleanSupplier peerEnded;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private final TextEncoder text = new TextEncoder();

    private volatile State state = State.HEADER;
    private volatile boolean keptOpen;
    private volatile @Nullable IOException refusedBy;
    /** Who has said last what has not been sent; null where all has. */
    private @Nullable Thread unsentBy;

    /**
     * Makes one.
     *
     * @param peerEnded whether the peer's clean end was seen
     */
    OutgoingStream(Link link, Failure failure, Monitor monitor, BooleanSupplier peerEnded) {
        this.writer = new MessageWriter(link);
        this.failure = failure;
        this.monitor = monitor;
        this.peerEnded = peerEnded;
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
            if (state != State.ENDED) {
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

    @Override
    public void end() throws IOException {
        locked(() -> {
            if (state != State.ENDED) {
                checkOpen();
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
    public long transferFrom(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return Files.isRegularFile(file) ? transfer(channel, file) : copy(channel);
        }
    }

    private long transfer(FileChannel channel, Path file) throws IOException {
        long size = channel.size();
        locked(() -> {
            checkOpen();
            text.end();
            flushAll();
            long position = 0;
            while (position < size) {
                position += transfer(channel, file, position, size);
            }
        });
        return size;
    }

    private long transfer(FileChannel channel, Path file, long position, long size) throws IOException {
        long before = sent();
        onLink(() -> writer.transferFrom(channel, position, size - position));
        if (sent() == before) {
            throw new IOException(
                    file + " shrank while it was sent: it ends after " + position + " bytes, not after " + size);
        }
        return sent() - before;
    }

    /** A pipe or device: the kernel has no size for it, and can't copy it to a socket. */
    private long copy(FileChannel channel) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(COPY_SIZE);
        long total = 0;
        while (channel.read(piece) >= 0) {
            total += piece.flip().remaining();
            write(piece);
            piece.clear();
        }
        return total;
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
