package org.restream.internal.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
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
import org.restream.internal.net.PeekedConnection;
import org.restream.internal.net.TcpConnection;
import org.restream.internal.server.dispatch.Batch;
import org.restream.internal.server.dispatch.ConnectionService;
import org.restream.internal.tls.Tls;

/** The exchanges of a server: one for each connection that is accepted and may be served. */
final class Exchanges implements ConnectionService {
    /** How long a handler that has been interrupted may take to return. */
    private static final Duration ABORT_WAIT = Duration.ofSeconds(5);

    private final ServerOptions options;
    private final Handler handler;
    private final EventReporter<ServerEvent> reporter;
    private final BiConsumer<String, Runnable> threads;
    private final Connections connections;
    private final BooleanSupplier listening;
    private final ExchangeConfig config;
    private final Monitor monitor = new Monitor();
    /** Null where the server takes no sessions. */
    private final @Nullable SessionConnections sessions;

    private final Set<Served> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();
    /** Of whoever has the server listen. */
    private volatile UserContext context = UserContext.current();

    /**
     * @param threads runs work on a thread of that name; throws an OutOfMemoryError where none can be made
     * @param connections gets a place back for each connection that has ended
     * @param listening whether what is accepted is still to be served
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
        sessions = SessionConnections.of(
                options, handler, config, reporter, count, running::add, this::sessionExchangeOver);
    }

    /** The calling thread has the server listen. */
    UserContext listening() {
        UserContext current = UserContext.current();
        context = current;
        if (sessions != null) {
            sessions.context(current);
        }
        return current;
    }

    /** The work, in the context of whoever had the server listen. */
    Runnable inContext(Runnable work) {
        return context.around(work);
    }

    @Override
    public void serve(TcpConnection connection) {
        // around each: several may share a thread
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

    /** There is no thread for it: on this one, which has others to serve, no code of the user's may be called that can wait. */
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

    /** Takes a connection on, which {@link #run} must follow; null where it is not to be served, and its place is free again. */
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
                    secured(connection), count.incrementAndGet(), options, handler, config, reporter, sessions);
            running.add(served);
            // what is accepted in the moment of the close, which may have seen nothing running, is not served
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
        reporter.report(ExchangeReport.tooMany(connection.peer(), options.maxConnectionsPerAddress()));
    }

    private Connection secured(TcpConnection connection) {
        Supplier<SSLContext> tls = options.tlsFrom();
        if (tls != null) {
            return Tls.server(
                    connection,
                    tls,
                    options.clientAuth(),
                    sessions == null ? List.of() : List.of(SessionConnections.ALPN));
        }
        return sessions == null ? new PlainOnlyConnection(connection) : new PeekedConnection(connection);
    }

    private void sessionExchangeOver(Served served) {
        running.remove(served);
        monitor.signal();
    }

    private void ended(InetSocketAddress peer, @Nullable ServedConnection served) {
        if (served != null) {
            running.remove(served);
        }
        connections.leave(peer.getAddress());
        connections.freePlace();
        monitor.signal();
    }

    /** Whether the calling thread is one of those that run handlers and listeners of exchanges. */
    boolean areRunByCaller() {
        return running.stream().anyMatch(Served::isRunByCaller);
    }

    /**
     * Waits until all have ended, then ends those that have not. There must come no more.
     *
     * @return whether the calling thread was interrupted meanwhile
     */
    boolean end(Duration grace) {
        if (sessions != null) {
            sessions.drain(grace);
        }
        boolean interrupted = awaitNone(grace);
        running.forEach(served -> served.cancel("the server was closed"));
        if (sessions != null) {
            // after that: it tells its clients what has become of their exchanges
            sessions.close();
        }
        return awaitNone(ABORT_WAIT) || interrupted;
    }

    /** Reports those that have not ended as failed. Waits for a listener that is busy. */
    void giveUp() {
        if (sessions != null) {
            sessions.awaitReported();
        }
        running.forEach(Served::giveUp);
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
