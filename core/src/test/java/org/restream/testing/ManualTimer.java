package org.restream.testing;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.restream.internal.concurrent.Timer;

/** A clock that a test advances. Tasks that become due run on the thread that advances it, in order. */
public final class ManualTimer implements Timer {
    private record Due(long at, long number, long delay, Runnable work) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition scheduled = lock.newCondition();
    private final PriorityQueue<Due> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private long now = Long.MAX_VALUE - 1_000_000;
    private long count;

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Task after(Duration delay, Runnable work) {
        lock.lock();
        try {
            Due task = new Due(now + delay.toNanos(), count++, delay.toNanos(), work);
            tasks.add(task);
            scheduled.signalAll();
            return () -> cancel(task);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Due task) {
        lock.lock();
        try {
            tasks.remove(task);
        } finally {
            lock.unlock();
        }
    }

    /** Advances the clock. */
    public void advance(Duration time) {
        long until = nanoTime() + time.toNanos();
        for (Runnable work = nextDue(until); work != null; work = nextDue(until)) {
            work.run();
        }
    }

    private Runnable nextDue(long until) {
        lock.lock();
        try {
            Due next = tasks.peek();
            if (next == null || next.at - until > 0) {
                now = until;
                return null;
            }
            now = next.at;
            return tasks.remove().work;
        } finally {
            lock.unlock();
        }
    }

    /** The number of scheduled tasks. */
    public int pending() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a task is scheduled with this delay. */
    public void awaitScheduled(Duration delay) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(30);
        lock.lockInterruptibly();
        try {
            while (tasks.stream().noneMatch(task -> task.delay == delay.toNanos())) {
                if (left <= 0) {
                    throw new AssertionError("nothing was scheduled after " + delay + ", only " + tasks);
                }
                left = scheduled.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
