package org.restream.internal.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Link;

/** A link that notices when nothing moves, in neither direction. One timer per connection, set anew only when it fires. */
final class IdleWatch implements Link {
    private final Link link;
    private final Timer timer;
    private final long limit;
    private final Runnable whenIdle;

    private volatile long moved;
    private volatile boolean stopped;
    private volatile Timer.Task task = Timer.Task.NONE;

    IdleWatch(Link link, Duration limit, Timer timer, Runnable whenIdle) {
        this.link = link;
        this.timer = timer;
        this.limit = limit.toNanos();
        this.whenIdle = whenIdle;
    }

    void start() {
        moved = timer.nanoTime();
        schedule(limit);
    }

    void stop() {
        stopped = true;
        task.cancel();
    }

    private void schedule(long nanos) {
        task = timer.after(Duration.ofNanos(nanos), this::check);
        if (stopped) {
            task.cancel();
        }
    }

    private void check() {
        long left = limit - (timer.nanoTime() - moved);
        if (stopped) {
            return;
        }
        if (left > 0) {
            schedule(left);
        } else {
            whenIdle.run();
        }
    }

    private void moved() {
        moved = timer.nanoTime();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = link.read(into);
        moved();
        return count;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        link.write(from);
        moved();
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        long sent = link.transferFrom(file, position, count);
        moved();
        return sent;
    }

    @Override
    public void finish() throws IOException {
        link.finish();
        moved();
    }

    @Override
    public void close() {
        link.close();
    }

    @Override
    public void abort() {
        link.abort();
    }
}
