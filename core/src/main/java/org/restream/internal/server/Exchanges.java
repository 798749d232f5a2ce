package org.restream.internal.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
import org.restream.internal.net.TcpConnection;
import org.restream.internal.server.dispatch.Batch;
import org.restream.internal.server.dispatch.ConnectionService;

/** The exchanges of a server: one for each connection that is accepted and may be served. */
final class Exchanges implements ConnectionService {
    /** How long a handler that has been interrupted may take to return. */
    private static final Duration ABORT_WAIT = Duration.ofSeconds(5);

    private final ServerOptions options;
    private final EventReporter<ServerEvent> reporter;
    private final BiConsumer<String, Runnable> threads;
    private final Connections connections;
    private final BooleanSupplier listening;
    private final Proxies proxies;
    private final ServedConnections clients;
    private final Monitor monitor = new Monitor();
    /** Null where the server takes no sessions. */
    private final @Nullable SessionConnections sessions;

    private final Set<Served> running = ConcurrentHashMap.newKeySet();
    private final Consumer<AcceptedConnection> over = this::over;
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
        this.reporter = reporter;
        this.threads = threads;
        this.connections = connections;
        this.listening = listening;
        proxies = new Proxies(options.proxyProtocol());
        ExchangeConfig config = new ExchangeConfig(
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
        clients = new ServedConnections(options, handler, config, reporter, count, sessions);
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
        AcceptedConnection accepted = begin(connection);
        if (accepted != null) {
            serving(accepted).run();
        }
    }

    @Override
    public void start(TcpConnection connection) {
        AcceptedConnection accepted = begin(connection);
        if (accepted == null) {
            return;
        }
        try {
            threads.accept(Server.threadName(connection.peer()), serving(accepted));
        } catch (Throwable e) {
            fail(accepted, e);
        }
    }

    @Override
    public void start(Batch batch) {
        try {
            threads.accept(Server.threadName("batch"), batch);
        } catch (Throwable e) {
            AcceptedConnection accepted = begin(batch.cancel());
            if (accepted != null) {
                fail(accepted, e);
            }
        }
    }

    /** There is no thread for it: on this one, which has others to serve, no code of the user's may be called that can wait. */
    private void fail(AcceptedConnection accepted, Throwable cause) {
        accepted.fail(cause);
        serving(accepted).run();
    }

    private Runnable serving(AcceptedConnection accepted) {
        return new Serving(accepted, context, over);
    }

    private void over(AcceptedConnection accepted) {
        running.remove(accepted);
        ended(accepted.counted());
    }

    void acceptFailed(Throwable cause) {
        reporter.report(new ServerEvent.AcceptFailed(cause));
    }

    /** Takes a connection on, which {@link #run} must follow; null where it is not to be served, and its place is free again. */
    private @Nullable AcceptedConnection begin(TcpConnection connection) {
        InetAddress address = connection.peer().getAddress();
        ServerEvent no = enter(connection.peer());
        if (no != null) {
            connection.abort();
            connections.freePlace();
            // a thread that serves several connections has this context only while it serves one
            context.run(() -> reporter.report(no));
            return null;
        }
        AcceptedConnection accepted = null;
        boolean serving = false;
        try {
            accepted = accepted(connection);
            running.add(accepted);
            // what is accepted in the moment of the close, which may have seen nothing running, is not served
            serving = listening.getAsBoolean();
            return serving ? accepted : null;
        } finally {
            if (!serving) {
                connection.abort();
                if (accepted != null) {
                    running.remove(accepted);
                }
                ended(proxies.areExpected() ? null : address);
            }
        }
    }

    /** Why a connection from there is turned away; null where it is not. The client of a proxy is counted later. */
    private @Nullable ServerEvent enter(InetSocketAddress from) {
        if (proxies.areExpected()) {
            return proxies.refusal(from);
        }
        return connections.enter(from.getAddress())
                ? null
                : ExchangeReport.tooMany(from, options.maxConnectionsPerAddress());
    }

    private AcceptedConnection accepted(TcpConnection connection) {
        return proxies.areExpected()
                ? new ServedProxy(connection, clients, connections, reporter, options)
                : clients.of(connection);
    }

    private void sessionExchangeOver(Served served) {
        running.remove(served);
        monitor.signal();
    }

    private void ended(@Nullable InetAddress counted) {
        if (counted != null) {
            connections.leave(counted);
        }
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
