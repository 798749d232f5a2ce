package org.restream.internal.server;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.net.TcpConnection;

/**
 * One thread that serves connections one after the other: while more of them wait, and as long as none takes long. It costs a
 * third of the time that is spent where each wakes a thread of its own.
 */
final class Turn implements Runnable {
    private final TcpConnection first;
    private final Supplier<@Nullable TcpConnection> next;
    private final Consumer<TcpConnection> service;
    private final Pace pace;
    private final Monitor monitor;
    private final LongSupplier nanoTime;
    private final AtomicLong served = new AtomicLong();

    private volatile boolean over;
    private long servedBefore = -1;

    /**
     * @param next accepts a connection, if there is one
     * @param service serves one to its end
     * @param monitor is signalled when it is over
     * @param nanoTime the clock
     */
    Turn(
            TcpConnection first,
            Supplier<@Nullable TcpConnection> next,
            Consumer<TcpConnection> service,
            Pace pace,
            Monitor monitor,
            LongSupplier nanoTime) {
        this.first = first;
        this.next = next;
        this.service = service;
        this.pace = pace;
        this.monitor = monitor;
        this.nanoTime = nanoTime;
    }

    @Override
    public void run() {
        try {
            TcpConnection connection = first;
            while (connection != null) {
                // what one exchange has left is not the next one's
                Thread.interrupted();
                Threads.cleanBetween();
                long began = nanoTime.getAsLong();
                service.accept(connection);
                served.incrementAndGet();
                connection = !over && pace.isKept(nanoTime.getAsLong() - began) ? next.get() : null;
            }
        } finally {
            over = true;
            monitor.signal();
        }
    }

    /**
     * In place of {@link #run}, where there is no thread for it.
     *
     * @return its first connection, which nobody serves
     */
    TcpConnection cancel() {
        over = true;
        monitor.signal();
        return first;
    }

    /** Whether it accepts no more; it may still serve the last one. */
    boolean isOver() {
        return over;
    }

    /** Asked now and then by one thread: an exchange that was there the last time, and still is, is its last one. */
    void endUnlessMoved() {
        long now = served.get();
        if (now == servedBefore && !over) {
            over = true;
            pace.lose();
        }
        servedBefore = now;
    }
}
