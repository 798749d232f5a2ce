package org.restream.internal.session.carrier;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.Channel;
import org.restream.internal.session.wire.CutCode;
import org.restream.testing.TestLink;

/** One end of an exchange of a session: forwards all to the real link, and remembers it. */
public final class SessionTestLink implements TestLink {
    private interface Operation<T> {
        T run() throws IOException;
    }

    private final SessionLink link;
    private final Channel channel;
    private final List<Integer> writes = new CopyOnWriteArrayList<>();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private @Nullable SessionTestLink other;
    private volatile @Nullable Thread reader;
    private volatile @Nullable Thread writer;
    private volatile Runnable beforeFinish = () -> {};
    private volatile boolean finished;
    private volatile boolean closed;
    private volatile boolean aborted;
    private volatile boolean stopped;

    SessionTestLink(SessionLink link, Channel channel) {
        this.link = link;
        this.channel = channel;
    }

    void other(SessionTestLink end) {
        other = end;
    }

    /** The real one. */
    public SessionLink link() {
        return link;
    }

    @Override
    public @Nullable ByteBuffer poll() {
        ByteBuffer came = link.poll();
        if (came != null) {
            read.addAndGet(came.remaining());
        }
        return came;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        reader = Thread.currentThread();
        try {
            int count = link.read(into);
            read.addAndGet(Math.max(0, count));
            return count;
        } finally {
            reader = null;
        }
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        writing(from, () -> {
            link.write(from);
            return null;
        });
    }

    @Override
    public void finish() throws IOException {
        beforeFinish.run();
        link.finish();
        finished = true;
    }

    @Override
    public void finish(ByteBuffer last) throws IOException {
        beforeFinish.run();
        writing(last, () -> {
            link.finish(last);
            return null;
        });
        finished = true;
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        writer = Thread.currentThread();
        try {
            long sent = link.transferFrom(file, position, count);
            written.addAndGet(sent);
            return sent;
        } finally {
            writer = null;
        }
    }

    private void writing(ByteBuffer from, Operation<@Nullable Void> write) throws IOException {
        int before = from.remaining();
        writer = Thread.currentThread();
        try {
            Void unused = write.run();
        } finally {
            writer = null;
            int count = before - from.remaining();
            if (count > 0) {
                written.addAndGet(count);
                writes.add(count);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        link.close();
    }

    @Override
    public void abort() {
        aborts();
        link.abort();
    }

    @Override
    public void abortForHeader(String why) {
        aborts();
        link.abortForHeader(why);
    }

    private void aborts() {
        aborted |= !closed;
        closed = true;
    }

    @Override
    public void stopReading() {
        stopped = true;
        link.shared().lock().run(() -> channel.stopReading(CutCode.STOPPED_READING, ""));
        SessionTestLink end = other;
        if (end != null) {
            until(() -> end.link.shared().lock().asked(() -> end.channel.peerStop() != null));
        }
    }

    @Override
    public void cut() {
        if (stopped) {
            link.shared().lock().run(() -> channel.cut(CutCode.CANCELLED, ""));
        } else {
            abort();
        }
        SessionTestLink end = other;
        if (end != null) {
            until(() -> end.link.cut() != null);
        }
    }

    @Override
    public void beforeFinish(Runnable hook) {
        beforeFinish = hook;
    }

    @Override
    public List<Integer> writes() {
        return List.copyOf(writes);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isAborted() {
        return aborted;
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public void awaitReader() {
        SessionTestLink end = other;
        until(() -> isParked(reader) && (end == null || end.written.get() == read.get()));
    }

    @Override
    public void awaitBlockedWriter() {
        until(() -> isParked(writer));
    }

    private boolean isParked(@Nullable Thread thread) {
        return thread != null && LockSupport.getBlocker(thread) instanceof Waiter;
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(condition::getAsBoolean);
    }

    @Override
    public InetSocketAddress peer() {
        return link.peer();
    }
}
