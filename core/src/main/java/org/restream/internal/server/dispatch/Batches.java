package org.restream.internal.server.dispatch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.net.ListeningSocket;
import org.restream.internal.net.TcpConnection;

/**
 * If several connections wait at once and handlers return soon, one thread accepts and serves them, see {@link Batch}.
 * Otherwise each gets a thread of its own. Waking a thread costs more than a short exchange: see docs/benchmarks.md.
 */
public final class Batches implements Dispatcher {
    /** An exchange that takes longer than one or two ticks does not delay the connections behind it any more. */
    private static final Duration TICK = Duration.ofMillis(2);
    /** The other processors are left for long handlers, and for peers on this machine. */
    private static final int MAX_BATCHES = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final ListeningSocket socket;
    private final ConnectionService service;
    private final Supplier<@Nullable TcpConnection> next;
    private final LongSupplier nanoTime;
    private final LatencyBudget budget;
    private final Monitor monitor = new Monitor();
    private final List<Batch> underWay = new ArrayList<>();

    /**
     * @param next accepts a connection, if one is waiting and the limit allows it
     * @param nanoTime the clock
     */
    public Batches(
            ListeningSocket socket,
            ConnectionService service,
            Supplier<@Nullable TcpConnection> next,
            LongSupplier nanoTime) {
        this.socket = socket;
        this.service = service;
        this.next = next;
        this.nanoTime = nanoTime;
        budget = new LatencyBudget(nanoTime);
    }

    @Override
    public void await() throws IOException, InterruptedException {
        awaitBatches();
        if (underWay.isEmpty()) {
            socket.await();
        }
    }

    /** Waits until no batch is running, or until the running ones are not enough. */
    private void awaitBatches() throws InterruptedException {
        boolean enough = true;
        while (enough && !underWay.isEmpty() && socket.isOpen()) {
            boolean ended =
                    monitor.await(() -> underWay.stream().anyMatch(Batch::isOver) || !socket.isOpen(), TICK.toNanos());
            if (!ended) {
                underWay.forEach(Batch::endUnlessMoved);
                enough = underWay.size() >= MAX_BATCHES;
            }
            underWay.removeIf(Batch::isOver);
        }
    }

    @Override
    public boolean dispatch(TcpConnection connection) throws IOException {
        boolean more = socket.isWaitedAt();
        if (!more || !budget.isKept()) {
            service.start(connection);
            return more;
        }
        Batch batch = new Batch(connection, next, service::serve, budget, monitor, nanoTime);
        underWay.add(batch);
        service.start(batch);
        return false;
    }

    @Override
    public void wake() {
        monitor.signal();
    }
}
