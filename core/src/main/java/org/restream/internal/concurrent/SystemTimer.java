package org.restream.internal.concurrent;

import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The real clock. One daemon thread serves all deadlines of the JVM, and ends when there are none. Nearly all deadlines
 * are cancelled long before they are due, so a new one wakes the thread only if it is earlier than the one that the
 * thread waits for, cancelled or not.
 */
final class SystemTimer implements Timer {
    static final SystemTimer INSTANCE = new SystemTimer();

    /** The longest time that the thread waits before it checks again. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Later than any real deadline; times are compared by their difference. */
    private static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();
    private final TreeSet<ScheduledTask> deadlines = new TreeSet<>();
    private long made;
    private boolean running;
    /** When the thread checks again, while there is one. */
    private long looksAt;

    private SystemTimer() {}

    /** If a deadline is this late, the process itself was suspended or had no processor. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Extra time in that case, so that events that have arrived meanwhile are handled first. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final class ScheduledTask implements Task, Comparable<ScheduledTask> {
        /** Guarded by the lock, like the next field. */
        private long at;

        private boolean postponed;
        private final long number;
        private final Runnable work;

        ScheduledTask(long at, long number, Runnable work) {
            this.at = at;
            this.number = number;
            this.work = work;
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                deadlines.remove(this);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int compareTo(ScheduledTask other) {
            int byTime = Long.signum(at - other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Task after(Duration delay, Runnable work) {
        long at = nanoTime() + (delay.compareTo(NEVER) < 0 ? delay : NEVER).toNanos();
        lock.lock();
        try {
            if (!running) {
                Threads.platform("restream-timer", this::run).start();
                running = true;
                looksAt = at;
            } else if (at - looksAt < 0) {
                looksAt = at;
                earlier.signal();
            }
            ScheduledTask deadline = new ScheduledTask(at, made++, work);
            deadlines.add(deadline);
            return deadline;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        lock.lock();
        try {
            while (!deadlines.isEmpty()) {
                long now = nanoTime();
                ScheduledTask first = deadlines.first();
                if (first.at - now <= 0) {
                    deadlines.remove(first);
                    if (now - first.at > LATE_NANOS && !first.postponed) {
                        first.postponed = true;
                        first.at = now + GRACE_NANOS;
                        deadlines.add(first);
                    } else {
                        runUnlocked(first.work);
                    }
                } else {
                    long wait = Math.min(first.at - now, LOOK_NANOS);
                    looksAt = now + wait;
                    try {
                        earlier.awaitNanos(wait);
                    } catch (InterruptedException e) {
                        // never interrupted by this library; check again
                    }
                }
            }
        } finally {
            running = false;
            lock.unlock();
        }
    }

    private void runUnlocked(Runnable work) {
        lock.unlock();
        try {
            work.run();
        } catch (Throwable e) {
            // the failure of one task must not affect the others
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        } finally {
            lock.lock();
        }
    }
}
