package org.restream.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.restream.internal.link.Connection;
import org.restream.internal.link.StoppedReadingException;

/** One end of a connection in memory. It behaves like a TCP connection, but with buffers of a given size. */
public final class PipeLink implements Connection, TestLink {
    /** The state that both ends share. */
    private static final class Wire {
        final ReentrantLock lock = new ReentrantLock();
        final Condition changed = lock.newCondition();
        boolean reset;
    }

    /** The buffered bytes of one direction. */
    private static final class Lane {
        final ByteBuffer bytes;
        boolean finished;
        boolean unwanted;
        int waitingToRead;
        int waitingToWrite;

        Lane(int capacity) {
            bytes = ByteBuffer.allocate(capacity).flip();
        }

        int room() {
            return bytes.capacity() - bytes.remaining();
        }

        void put(ByteBuffer from) {
            int count = Math.min(room(), from.remaining());
            bytes.compact().put(from.slice().limit(count)).flip();
            from.position(from.position() + count);
        }
    }

    private final Wire wire;
    private final Lane in;
    private final Lane out;
    private final List<Integer> writes = new ArrayList<>();
    private Runnable moved = () -> {};
    private boolean received;
    private boolean closed;
    private boolean aborted;
    private boolean keptAlive;
    private volatile Runnable beforeFinish = () -> {};
    private IOException nextWriteFails;

    private PipeLink(Wire wire, Lane in, Lane out) {
        this.wire = wire;
        this.in = in;
        this.out = out;
    }

    /** The two ends of a connection that buffers this many bytes in each direction. */
    public static List<PipeLink> pair(int capacity) {
        Wire wire = new Wire();
        Lane there = new Lane(capacity);
        Lane back = new Lane(capacity);
        return List.of(new PipeLink(wire, back, there), new PipeLink(wire, there, back));
    }

    /** An operation that may block. */
    private interface Operation<T> {
        T run() throws IOException;
    }

    private <T> T locked(Operation<T> operation) throws IOException {
        wire.lock.lock();
        try {
            return operation.run();
        } finally {
            wire.changed.signalAll();
            wire.lock.unlock();
        }
    }

    private void set(Runnable change) {
        wire.lock.lock();
        try {
            change.run();
        } finally {
            wire.changed.signalAll();
            wire.lock.unlock();
        }
    }

    @Override
    public InetSocketAddress peer() {
        return InetSocketAddress.createUnresolved("pipe", 1);
    }

    @Override
    public boolean endedSilently() {
        return holds(() -> !received && !aborted && (in.finished || wire.reset));
    }

    @Override
    public void onMove(Runnable moved) {
        this.moved = moved;
    }

    @Override
    public void keepAlive() {
        set(() -> keptAlive = true);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return locked(() -> {
            in.waitingToRead++;
            wire.changed.signalAll();
            while (!in.bytes.hasRemaining() && !in.finished && !closed && !wire.reset) {
                wire.changed.awaitUninterruptibly();
            }
            in.waitingToRead--;
            checkAlive();
            if (!in.bytes.hasRemaining()) {
                return -1;
            }
            int count = Math.min(into.remaining(), in.bytes.remaining());
            into.put(in.bytes.slice().limit(count));
            in.bytes.position(in.bytes.position() + count);
            received = true;
            moved.run();
            return count;
        });
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        locked(() -> {
            awaitRoom();
            int before = from.remaining();
            out.put(from);
            writes.add(before - from.remaining());
            moved.run();
            return null;
        });
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(count, 64 * 1024));
        int read = file.read(piece, position);
        if (read <= 0) {
            return 0;
        }
        piece.flip();
        write(piece);
        return piece.position();
    }

    private void awaitRoom() throws IOException {
        out.waitingToWrite++;
        wire.changed.signalAll();
        while (out.room() == 0 && !closed && !wire.reset && !out.unwanted && nextWriteFails == null) {
            wire.changed.awaitUninterruptibly();
        }
        out.waitingToWrite--;
        checkAlive();
        if (nextWriteFails != null) {
            throw nextWriteFails;
        }
        if (out.unwanted) {
            throw new StoppedReadingException(new IOException("Broken pipe"));
        }
        if (out.finished) {
            throw new IOException("written after the end");
        }
    }

    private void checkAlive() throws IOException {
        if (aborted || closed) {
            throw new IOException("the link is closed");
        }
        if (wire.reset) {
            throw new IOException("Connection reset");
        }
    }

    @Override
    public void finish() throws IOException {
        beforeFinish.run();
        locked(() -> {
            checkAlive();
            if (out.unwanted) {
                throw new StoppedReadingException(new IOException("Broken pipe"));
            }
            out.finished = true;
            return null;
        });
    }

    /** Closes like a kernel: if there are unread bytes, or our message has not ended, the peer gets a reset. */
    @Override
    public void close() {
        set(() -> {
            wire.reset |= !closed && (in.bytes.hasRemaining() || !out.finished);
            closed = true;
        });
    }

    @Override
    public void abort() {
        set(() -> {
            if (!closed) {
                wire.reset = true;
                aborted = true;
                closed = true;
            }
        });
    }

    @Override
    public void cut() {
        abort();
    }

    @Override
    public void stopReading() {
        set(() -> in.unwanted = true);
    }

    @Override
    public void beforeFinish(Runnable hook) {
        beforeFinish = hook;
    }

    public void failWrites(IOException failure) {
        set(() -> nextWriteFails = failure);
    }

    @Override
    public List<Integer> writes() {
        wire.lock.lock();
        try {
            return List.copyOf(writes);
        } finally {
            wire.lock.unlock();
        }
    }

    @Override
    public boolean isClosed() {
        return holds(() -> closed);
    }

    @Override
    public boolean isAborted() {
        return holds(() -> aborted);
    }

    @Override
    public boolean isFinished() {
        return holds(() -> out.finished);
    }

    public boolean isKeptAlive() {
        return holds(() -> keptAlive);
    }

    private boolean holds(BooleanSupplier condition) {
        wire.lock.lock();
        try {
            return condition.getAsBoolean();
        } finally {
            wire.lock.unlock();
        }
    }

    @Override
    public void awaitReader() throws InterruptedException {
        await(() -> in.waitingToRead > 0 && !in.bytes.hasRemaining(), "a reader");
    }

    @Override
    public void awaitBlockedWriter() throws InterruptedException {
        await(() -> out.waitingToWrite > 0 && out.room() == 0, "a writer");
    }

    private void await(BooleanSupplier condition, String what) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(30);
        wire.lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("waited in vain for " + what);
                }
                left = wire.changed.awaitNanos(left);
            }
        } finally {
            wire.lock.unlock();
        }
    }
}
