package org.restream.internal.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.restream.RestreamException;
import org.restream.RestreamServer.Handler;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.concurrent.UserContext;
import org.restream.internal.event.EventReporter;
import org.restream.internal.exchange.ExchangeConfig;
import org.restream.internal.link.Connection;
import org.restream.internal.net.TcpConnection;
import org.restream.internal.server.dispatch.Batch;
import org.restream.internal.server.dispatch.ConnectionService;
import org.restream.internal.tls.Tls;

/** The running exchanges of a server, one for each connection that was accepted within the limits. */
final class Exchanges implements ConnectionService {
    /** How long an interrupted handler may take to return. */
    private static final Duration ABORT_WAIT = Duration.ofSeconds(5);

    private final ServerOptions options;
    private final Handler handler;
    private final EventReporter<ServerEvent> reporter;
    private final BiConsumer<String, Runnable> threads;
    private final Connections connections;
    private final BooleanSupplier listening;
    private final ExchangeConfig config;
    private final Monitor monitor = new Monitor();
    private final Set<ServedConnection> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();
    /** The context of the thread that called {@code listen}. */
    private volatile UserContext context = UserContext.current();

    /**
     * @param threads runs work on a thread with that name; throws an OutOfMemoryError if none can be created
     * @param connections gets a place back for each connection that has ended
     * @param listening whether accepted connections are still to be served
     */
    Exchanges(
            ServerOptions options,
            Handler handler,
            EventReporter<ServerEvent> reporter,
            BiConsumer<String, Runnable> threads,
            Connections connections,
            BooleanSupplier listening) {
        this.options = options;
        this.handler = handler;
        this.reporter = reporter;
        this.threads = threads;
        this.connections = connections;
        this.listening = listening;
        config = new ExchangeConfig(
                ExchangeConfig.Side.SERVER,
                options.maxHeaderBytes(),
                options.allowEmptyRequest(),
                options.refusals(),
                false,
                Timer.system(),
                work -> Threads.unstarted("restream-server-reader", context.around(work)),
                bug -> reporter.logBug("a server's listener failed after its exchange had ended", bug));
    }

    /** Keeps the context of the calling thread, which calls {@code listen}. */
    UserContext listening() {
        UserContext current = UserContext.current();
        context = current;
        return current;
    }

    /** Wraps the work so that it runs in the context of the thread that called {@code listen}. */
    Runnable inContext(Runnable work) {
        return context.around(work);
    }

    @Override
    public void serve(TcpConnection connection) {
        // for each connection, because several may share a thread
        context.run(() -> {
            ServedConnection served = begin(connection);
            if (served != null) {
                run(served);
            }
        });
    }

    @Override
    public void start(TcpConnection connection) {
        ServedConnection served = begin(connection);
        if (served == null) {
            return;
        }
        try {
            threads.accept(Server.threadName(connection.peer()), context.around(() -> run(served)));
        } catch (Throwable e) {
            fail(served, e);
        }
    }

    @Override
    public void start(Batch batch) {
        try {
            threads.accept(Server.threadName("batch"), batch);
        } catch (Throwable e) {
            ServedConnection served = begin(batch.cancel());
            if (served != null) {
                fail(served, e);
            }
        }
    }

    /**
     * Fails a connection for which no thread could be created. The calling thread must not run user code that can
     * block.
     */
    private void fail(ServedConnection served, Throwable cause) {
        served.fail(cause);
        run(served);
    }

    private void run(ServedConnection served) {
        try {
            served.run();
        } finally {
            ended(served.peer(), served);
        }
    }

    void acceptFailed(Throwable cause) {
        reporter.report(new ServerEvent.AcceptFailed(cause));
    }

    /**
     * Registers a connection; {@link #run} must follow. Returns null if it must not be served; its place is free again
     * then.
     */
    private @Nullable ServedConnection begin(TcpConnection connection) {
        InetSocketAddress peer = connection.peer();
        if (!connections.enter(peer.getAddress())) {
            turnAway(connection);
            return null;
        }
        ServedConnection served = null;
        boolean serving = false;
        try {
            served = new ServedConnection(
                    secured(connection), count.incrementAndGet(), options, handler, config, reporter);
            running.add(served);
            // a connection accepted during the close is not served: the close may have found nothing running
            serving = listening.getAsBoolean();
            return serving ? served : null;
        } finally {
            if (!serving) {
                connection.abort();
                ended(peer, served);
            }
        }
    }

    private void turnAway(TcpConnection connection) {
        connection.abort();
        connections.freePlace();
        reporter.report(new ServerEvent.Rejected(
                connection.peer(),
                new RestreamException(connection.peer().getAddress().getHostAddress() + " has "
                        + options.maxConnectionsPerAddress() + " connections already (maxConnectionsPerAddress)")));
    }

    private Connection secured(TcpConnection connection) {
        Supplier<SSLContext> tls = options.tlsFrom();
        return tls == null ? connection : Tls.server(connection, tls, options.clientAuth());
    }

    private void ended(InetSocketAddress peer, @Nullable ServedConnection served) {
        if (served != null) {
            running.remove(served);
        }
        connections.leave(peer.getAddress());
        connections.freePlace();
        monitor.signal();
    }

    /** Whether the calling thread is running a handler or listener of one of the exchanges. */
    boolean areRunByCaller() {
        return running.stream().anyMatch(ServedConnection::isRunByCaller);
    }

    /**
     * Waits for the grace until all exchanges have ended, then aborts the rest. No new ones may begin.
     *
     * @return whether the calling thread was interrupted meanwhile
     */
    boolean end(Duration grace) {
        boolean interrupted = awaitNone(grace);
        running.forEach(served -> served.cancel("the server was closed"));
        return awaitNone(ABORT_WAIT) || interrupted;
    }

    /** Reports the exchanges that have not ended as failed. Waits for a busy listener. */
    void giveUp() {
        running.forEach(ServedConnection::giveUp);
    }

    private boolean awaitNone(Duration most) {
        try {
            monitor.await(running::isEmpty, most.toNanos());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
