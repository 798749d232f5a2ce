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
 * Where several connections wait at once, and handlers return soon, one thread accepts and serves them, see {@link Batch}. Else each
 * gets a thread of its own. To wake a thread costs more than a short exchange: see docs/benchmarks.md.
 */
public final class Batches implements Dispatcher {
    /** An exchange that takes longer than one to two of these holds up the connections behind it no more. */
    private static final Duration TICK = Duration.ofMillis(2);
    /** The rest of the processors is for handlers that take longer, and for the peers that are on this machine. */
    private static final int MAX_BATCHES = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final ListeningSocket socket;
    private final ConnectionService service;
    private final Supplier<@Nullable TcpConnection> next;
    private final LongSupplier nanoTime;
    private final LatencyBudget budget;
    private final Monitor monitor = new Monitor();
    private final List<Batch> underWay = new ArrayList<>();

    /**
     * @param next accepts a connection, if there is one, and room for it
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

    /** Waits until none is under way any more, or those that are have not been enough. */
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
