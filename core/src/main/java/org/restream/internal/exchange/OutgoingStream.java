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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.Outgoing;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.link.Link;
import org.restream.internal.link.StoppedReadingException;
import org.restream.internal.wire.HeaderWriter;
import org.restream.internal.wire.JsonValues;
import org.restream.internal.wire.TextEncoder;

/** Our message, on its way to the link: HEADER, then BODY, then ENDED, or REFUSED by a peer that reads no more. */
final class OutgoingStream extends Outgoing {
    private enum State {
        HEADER,
        BODY,
        ENDED,
        REFUSED
    }

    private final Link link;
    private final Failure failure;
    private final Monitor monitor;
    private final BooleanSupplier peerEnded;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private final TextEncoder text = new TextEncoder();
    private final WriteBuffer buffer = new WriteBuffer();

    private volatile State state = State.HEADER;
    private volatile boolean keptOpen;
    private final AtomicLong sent = new AtomicLong();
    private volatile @Nullable IOException refusedBy;
    /** Who has said last what has not been sent; null where all has. */
    private @Nullable Thread unsentBy;

    OutgoingStream(Link link, Failure failure, Monitor monitor, BooleanSupplier peerEnded) {
        this.link = link;
        this.failure = failure;
        this.monitor = monitor;
        this.peerEnded = peerEnded;
    }

    /** What is done under the lock. */
    private interface Step {
        void run() throws IOException;
    }

    private void locked(Step step) throws IOException {
        lock.lock();
        try {
            checkOpen();
            step.run();
        } finally {
            lock.unlock();
        }
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

    private ConnectionLostException refusal() {
        return new ConnectionLostException(
                "the peer stopped reading after " + sent.get() + " body bytes; what it answered can still be read",
                refusedBy);
    }

    @Override
    public Outgoing header(Map<String, ?> more) {
        return header(JsonValues.normalized(more), more.keySet().toString());
    }

    @Override
    public Outgoing header(String name, @Nullable Object value) {
        Map<String, @Nullable Object> field = new LinkedHashMap<>();
        field.put(Objects.requireNonNull(name, "name"), JsonValues.normalized(name, value));
        return header(field, name);
    }

    private Outgoing header(Map<String, @Nullable Object> more, String names) {
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
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        locked(() -> {
            text.end();
            putBody(bytes);
        });
    }

    @Override
    public void write(String piece) throws IOException {
        Objects.requireNonNull(piece, "text");
        locked(() -> putBody(ByteBuffer.wrap(text.encode(piece))));
    }

    private void putBody(ByteBuffer bytes) throws IOException {
        sendOthers();
        startBody();
        unsentBy = Thread.currentThread();
        int before = bytes.remaining();
        try {
            put(bytes);
        } finally {
            sent.addAndGet(before - bytes.remaining());
        }
    }

    /** Into the buffer, and past it what is larger. A buffer that holds something is filled up before it is sent. */
    private void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (buffer.isEmpty() && bytes.remaining() >= WriteBuffer.MOST) {
                send(bytes);
            } else {
                buffer.take(bytes);
                if (buffer.isFull()) {
                    sendBuffer();
                }
            }
        }
    }

    /**
     * What another thread has written, and not sent, is sent by the one that writes after it: the other may wait for the
     * answer, and its read will not send what this one has only half written.
     */
    private void sendOthers() throws IOException {
        if (unsentBy != Thread.currentThread() && !buffer.isEmpty()) {
            sendBuffer();
        }
    }

    private void startBody() throws IOException {
        if (state == State.HEADER) {
            state = State.BODY;
            put(ByteBuffer.wrap(HeaderWriter.bytes(Header.from(fields))));
        }
    }

    private void sendBuffer() throws IOException {
        send(buffer.filled());
        buffer.clear();
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            try {
                link.write(bytes);
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    private IOException failed(IOException e) {
        if (e instanceof StoppedReadingException && !failure.happened()) {
            refusedBy = e;
            state = State.REFUSED;
            monitor.signal();
            return refusal();
        }
        failure.lost(e);
        return failure.exception();
    }

    @Override
    public void flush() throws IOException {
        lock.lock();
        try {
            if (state != State.ENDED) {
                checkOpen();
                startBody();
                sendUnsent();
            }
        } finally {
            lock.unlock();
        }
    }

    private void sendUnsent() throws IOException {
        sendBuffer();
        unsentBy = null;
    }

    /**
     * Sends what the calling thread has said. Not what another has: it may be in the midst of writing, and this one is about
     * to read, which the other's progress may depend on.
     */
    void flushOwn() throws IOException {
        if (state == State.ENDED || state == State.REFUSED || !lock.tryLock()) {
            return;
        }
        try {
            if (unsentBy == Thread.currentThread() && !failure.happened()) {
                startBody();
                sendUnsent();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end() throws IOException {
        lock.lock();
        try {
            if (state == State.ENDED) {
                return;
            }
            checkOpen();
            text.end();
            startBody();
            sendUnsent();
            try {
                link.finish();
            } catch (IOException e) {
                throw failed(e);
            }
            state = State.ENDED;
            monitor.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long transferFrom(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (!Files.isRegularFile(file)) {
                return copyFrom(channel);
            }
            long size = channel.size();
            locked(() -> {
                text.end();
                startBody();
                sendUnsent();
                for (long position = 0; position < size; ) {
                    position += transfer(channel, position, size - position, file);
                }
            });
            return size;
        }
    }

    private long transfer(FileChannel channel, long position, long count, Path file) throws IOException {
        long moved;
        try {
            moved = link.transferFrom(channel, position, count);
        } catch (IOException e) {
            throw failed(e);
        }
        if (moved == 0) {
            throw new IOException(file + " shrank while it was sent: it ends after " + position + " bytes, not after "
                    + (position + count));
        }
        sent.addAndGet(moved);
        return moved;
    }

    /** A pipe or device: the kernel has no size for it, and can't copy it to a socket. */
    private long copyFrom(FileChannel channel) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(WriteBuffer.MOST);
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
        lock.lock();
        try {
            if (unsentBy != null && !over()) {
                startBody();
                sendUnsent();
            }
        } finally {
            lock.unlock();
        }
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
        return sent.get();
    }
}
