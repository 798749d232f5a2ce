package org.restream.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.restream.internal.concurrent.Timer;

/** A clock that a test advances; tasks that become due run on the thread that advances it. */
final class ManualClock implements Timer {
    private record Entry(long due, Duration delay, Runnable work) {}

    private final List<Entry> entries = new ArrayList<>();
    private long now;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public Task after(Duration delay, Runnable work) {
        Entry entry = new Entry(nanoTime() + delay.toNanos(), delay, work);
        synchronized (this) {
            entries.add(entry);
        }
        advance(Duration.ZERO);
        return () -> remove(entry);
    }

    void advance(Duration by) {
        List<Entry> due;
        synchronized (this) {
            now += by.toNanos();
            due = entries.stream().filter(entry -> entry.due <= now).toList();
            entries.removeAll(due);
        }
        due.forEach(entry -> entry.work.run());
    }

    /** The delays of tasks that have neither run nor been cancelled. */
    synchronized List<Duration> pending() {
        return entries.stream().map(Entry::delay).toList();
    }

    private synchronized void remove(Entry entry) {
        entries.remove(entry);
    }
}
