package org.restream.cli.console;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * Writes lines to stderr on a thread of its own, so that a stalled reader of stderr blocks nobody. When too much is
 * waiting, lines are dropped and counted.
 */
public final class LogQueue implements AutoCloseable {
    /** The limit for waiting lines, in characters. */
    private static final int MOST = 1 << 20;

    private static final long CLOSE_MILLIS = 1_000;

    private final PrintWriter out;
    private final int most;
    private final LongFunction<String> droppedLine;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by the lock
    private final Deque<String> lines = new ArrayDeque<>();
    private long waiting;
    private long dropped;
    private boolean writing;
    private boolean started;

    /**
     * @param droppedLine makes the line that reports how many were dropped
     */
    public LogQueue(PrintWriter out, LongFunction<String> droppedLine) {
        this(out, MOST, droppedLine);
    }

    public LogQueue(PrintWriter out, int most, LongFunction<String> droppedLine) {
        this.out = out;
        this.most = most;
        this.droppedLine = droppedLine;
    }

    /** Never waits for the reader. */
    public void add(String line) {
        lock.lock();
        try {
            start();
            // a single line may exceed the limit
            if (waiting > 0 && waiting + line.length() > most) {
                dropped++;
                return;
            }
            tellDropped();
            enqueue(line);
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        if (!started) {
            Thread writer = new Thread(this::write, "restream-log");
            writer.setDaemon(true);
            writer.start();
            started = true;
        }
    }

    private void tellDropped() {
        if (dropped == 0) {
            return;
        }
        try {
            enqueue(droppedLine.apply(dropped));
            dropped = 0;
        } catch (Throwable e) {
            // reported later, perhaps with more of them
            return;
        }
    }

    private void enqueue(String line) {
        lines.add(line);
        waiting += line.length();
        changed.signalAll();
    }

    private void write() {
        while (true) {
            String line = next();
            boolean lost = true;
            try {
                out.println(line);
                out.flush();
                lost = false;
            } catch (Throwable e) {
                // a bug, or no memory: count this line as dropped, and try the next
            }
            written(line, lost);
        }
    }

    private String next() {
        lock.lock();
        try {
            while (lines.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            writing = true;
            return lines.remove();
        } finally {
            lock.unlock();
        }
    }

    private void written(String line, boolean lost) {
        lock.lock();
        try {
            waiting -= line.length();
            writing = false;
            // report a line that failed only with the next one, since the report might fail in the same way, for ever
            if (lines.isEmpty() && !lost) {
                tellDropped();
            }
            dropped += lost ? 1 : 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when everything is written, or when the reader has stalled for too long. */
    @Override
    public void close() {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
            while ((writing || !lines.isEmpty()) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
