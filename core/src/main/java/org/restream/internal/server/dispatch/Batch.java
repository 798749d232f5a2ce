package org.restream.internal.server.dispatch;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.net.TcpConnection;

/** A series of connections that one thread serves one after the other, while more are waiting and none takes long. */
public final class Batch implements Runnable {
    private final TcpConnection first;
    private final Supplier<@Nullable TcpConnection> next;
    private final Consumer<TcpConnection> service;
    private final LatencyBudget budget;
    private final Monitor monitor;
    private final LongSupplier nanoTime;
    private final AtomicLong served = new AtomicLong();

    private volatile boolean over;
    private long servedBefore = -1;

    /**
     * @param next accepts a connection, if one is waiting
     * @param service serves a connection to its end
     * @param monitor is signalled when it is over
     * @param nanoTime the clock
     */
    Batch(
            TcpConnection first,
            Supplier<@Nullable TcpConnection> next,
            Consumer<TcpConnection> service,
            LatencyBudget budget,
            Monitor monitor,
            LongSupplier nanoTime) {
        this.first = first;
        this.next = next;
        this.service = service;
        this.budget = budget;
        this.monitor = monitor;
        this.nanoTime = nanoTime;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it
    public void run() {
        try {
            TcpConnection connection = first;
            while (connection != null) {
                Threads.clean();
                long began = nanoTime.getAsLong();
                service.accept(connection);
                served.incrementAndGet();
                // connections that end at once never wait, and would keep this processor from other virtual threads
                Thread.yield();
                connection = !over && budget.allows(nanoTime.getAsLong() - began) ? next.get() : null;
            }
        } finally {
            over = true;
            monitor.signal();
        }
    }

    /**
     * Cancels the batch, if no thread could be created to {@link #run} it.
     *
     * @return its first connection, which is not served
     */
    public TcpConnection cancel() {
        over = true;
        monitor.signal();
        return first;
    }

    /** Whether it accepts no more connections; it may still serve its last one. */
    boolean isOver() {
        return over;
    }

    /**
     * Called at intervals by one thread. If the batch still serves the same connection as at the last call, that is its
     * last one.
     */
    void endUnlessMoved() {
        long now = served.get();
        if (now == servedBefore && !over) {
            over = true;
            budget.exceed();
        }
        servedBefore = now;
    }
}
