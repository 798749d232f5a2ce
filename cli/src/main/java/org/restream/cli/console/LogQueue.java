package org.restream.cli.console;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * Lines for stderr, written by a thread of their own: who reads stderr, and has stalled, holds up nobody. What is too much by
 * then is dropped, and its lines are counted.
 */
public final class LogQueue implements AutoCloseable {
    /** Characters of lines that wait. */
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
     * @param droppedLine the line that says how many were dropped
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
            // one alone may be longer than all
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
            // they are told later, with more of them perhaps
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
                // a bug, or no memory: the line is counted as one that is missing, and the next one is tried
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
            // one that was lost is told with the next line: what says so might be lost in the same way, for ever
            if (lines.isEmpty() && !lost) {
                tellDropped();
            }
            dropped += lost ? 1 : 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all is written, or somebody has stalled for too long. */
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
