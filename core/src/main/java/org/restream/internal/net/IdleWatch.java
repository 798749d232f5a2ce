package org.restream.internal.net;

import java.time.Duration;
import org.restream.internal.concurrent.Timer;

/**
 * Notices when no byte moves in either direction. It uses one timer per connection, which is set again only when it
 * fires.
 */
final class IdleWatch {
    private final Timer timer;
    private final long limit;
    private final Runnable whenIdle;

    private volatile long moved;
    private volatile boolean stopped;
    private volatile Timer.Task task = Timer.Task.NONE;

    IdleWatch(Duration limit, Timer timer, Runnable whenIdle) {
        this.timer = timer;
        this.limit = limit.toNanos();
        this.whenIdle = whenIdle;
    }

    void start() {
        moved();
        schedule(limit);
    }

    void stop() {
        stopped = true;
        task.cancel();
    }

    void moved() {
        moved = timer.nanoTime();
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
}
