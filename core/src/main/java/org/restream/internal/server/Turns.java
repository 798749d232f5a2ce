package org.restream.internal.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.net.TcpConnection;

/** The turns that are under way. The acceptor's alone. */
final class Turns {
    /** An exchange that takes longer than one to two of these holds up the connections behind it no more. */
    private static final Duration TICK = Duration.ofMillis(2);
    /** The rest of the processors is for handlers that take longer, and for the peers that are on this machine. */
    private static final int MOST = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final Pace pace;
    private final Monitor monitor;
    private final BooleanSupplier open;
    private final List<Turn> underWay = new ArrayList<>();

    /**
     * Makes it.
     *
     * @param monitor is signalled when it is not open any more
     */
    Turns(Pace pace, Monitor monitor, BooleanSupplier open) {
        this.pace = pace;
        this.monitor = monitor;
        this.open = open;
    }

    boolean isEmpty() {
        return underWay.isEmpty();
    }

    Turn begin(TcpConnection first, Supplier<@Nullable TcpConnection> next, Consumer<TcpConnection> service) {
        Turn turn = new Turn(first, next, service, pace, monitor, Timer.system()::nanoTime);
        underWay.add(turn);
        return turn;
    }

    /** Waits until somebody else has to accept: none is under way any more, or those that are have not been enough. */
    void await() throws InterruptedException {
        boolean enough = true;
        while (enough && !underWay.isEmpty() && open.getAsBoolean()) {
            boolean ended = monitor.await(
                    () -> underWay.stream().anyMatch(Turn::isOver) || !open.getAsBoolean(), TICK.toNanos());
            if (!ended) {
                underWay.forEach(Turn::endUnlessMoved);
                enough = underWay.size() >= MOST;
            }
            underWay.removeIf(Turn::isOver);
        }
    }
}
