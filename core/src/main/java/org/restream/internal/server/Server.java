package org.restream.internal.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.restream.HeaderTooLargeException;
import org.restream.MalformedHeaderException;
import org.restream.RestreamException;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.internal.concurrent.KeepAlive;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Reporter;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Terms;
import org.restream.internal.link.Link;
import org.restream.internal.net.Connection;
import org.restream.internal.net.ListeningSocket;
import org.restream.internal.tls.Tls;

/** A server: NEW, then LISTENING, then CLOSING while exchanges end, then CLOSED. */
public final class Server implements RestreamServer {
    private enum State {
        NEW,
        LISTENING,
        CLOSING,
        CLOSED
    }

    /** How long what nobody reads of a request is read and dropped after the answer. nginx: lingering_time. */
    private static final Duration LINGER = Duration.ofSeconds(30);
    /** How long a handler that has been interrupted may take to return. */
    private static final Duration ABORT_WAIT = Duration.ofSeconds(5);

    private final ServerOptions options;
    private final Handler handler;
    private final BiConsumer<String, Runnable> threads;
    private final Reporter<ServerEvent> reporter;
    private final Terms terms;
    private final Semaphore room;
    private final ConnectionsByAddress byAddress;
    private final Monitor monitor = new Monitor();
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

    private volatile @Nullable ListeningSocket socket;
    private volatile @Nullable Acceptor acceptor;

    public Server(ServerOptions options, Handler handler) {
        this(options, handler, Threads::run);
    }

    /**
     * Makes one.
     *
     * @param threads runs work on a thread of that name; throws an OutOfMemoryError where none can be made
     */
    Server(ServerOptions options, Handler handler, BiConsumer<String, Runnable> threads) {
        this.options = options;
        this.handler = handler;
        this.threads = threads;
        reporter = new Reporter<>(options.listener());
        room = new Semaphore(options.maxConnections());
        byAddress = new ConnectionsByAddress(options.maxConnectionsPerAddress());
        terms = new Terms(
                options.maxHeaderBytes(),
                options.headerTimeout(),
                options.idleTimeout(),
                LINGER,
                Timer.system(),
                work -> Threads.unstarted("restream-server-reader", work));
    }

    @Override
    public Server listen() throws IOException {
        return listen(options.host(), options.port());
    }

    @Override
    public Server listen(int port) throws IOException {
        return listen(options.host(), port);
    }

    @Override
    public synchronized Server listen(String host, int port) throws IOException {
        ServerOptions where = options.host(host).port(port);
        if (state.get() != State.NEW) {
            throw new IllegalStateException("a server listens once, and this one is " + state.get());
        }
        ListeningSocket opened = ListeningSocket.open(where.host(), where.port());
        if (!state.compareAndSet(State.NEW, State.LISTENING)) {
            opened.close();
            throw new IllegalStateException("the server was closed");
        }
        socket = opened;
        KeepAlive.hold();
        reporter.report(new ServerEvent.Listening(opened.address()));
        Acceptor begun = new Acceptor(opened, room, new Service());
        acceptor = begun;
        Threads.platform(name(opened.address().getPort()), begun).start();
        return this;
    }

    @Override
    public InetSocketAddress address() {
        ListeningSocket opened = socket;
        if (opened == null) {
            throw new IllegalStateException("the server has no address before it listens");
        }
        return opened.address();
    }

    @Override
    public boolean isListening() {
        return state.get() == State.LISTENING;
    }

    private static String name(Object of) {
        return "restream-server-" + of;
    }

    /** What the acceptor has done with connections. */
    private final class Service implements Acceptor.Service {
        @Override
        public void serve(Connection connection) {
            Runnable work = work(connection);
            if (work != null) {
                work.run();
            }
        }

        @Override
        public void start(Connection connection) {
            Runnable work = work(connection);
            if (work == null) {
                return;
            }
            try {
                threads.accept(name(connection.peer()), work);
            } catch (OutOfMemoryError e) {
                // no thread could be made; what it does now is to fail
                connection.abort();
                work.run();
            }
        }

        @Override
        public void run(Turn turn) {
            try {
                threads.accept(name("turn"), turn);
            } catch (OutOfMemoryError e) {
                turn.fail();
            }
        }

        @Override
        public void acceptFailed(Throwable cause) {
            reporter.report(new ServerEvent.AcceptFailed(cause));
        }
    }

    /** Serves a connection to its end; null where it is not to be served. */
    private @Nullable Runnable work(Connection connection) {
        if (!byAddress.enter(connection.peer().getAddress())) {
            turnAway(connection);
            return null;
        }
        Exchange exchange = new Exchange(secured(connection), terms);
        running.add(exchange);
        if (state.get() != State.LISTENING) {
            // accepted in the moment of the close, which may have seen nothing running
            connection.abort();
            ended(connection.peer(), exchange);
            return null;
        }
        return () -> serve(connection.peer(), exchange);
    }

    private void turnAway(Connection connection) {
        connection.abort();
        room.release();
        reporter.report(new ServerEvent.Rejected(
                connection.peer(),
                new RestreamException(connection.peer().getAddress().getHostAddress() + " has "
                        + options.maxConnectionsPerAddress() + " connections already (maxConnectionsPerAddress)")));
    }

    private Link secured(Connection connection) {
        SSLContext tls = options.tls();
        return tls == null ? connection : Tls.server(connection, tls, options.clientAuth());
    }

    private void serve(InetSocketAddress peer, Exchange exchange) {
        try {
            reporter.report(new ServerEvent.Accepted(peer));
            Outcome outcome = exchange.run(() -> handler.handle(exchange.incoming(), exchange.outgoing()));
            // an interrupt was meant for the handler; a listener of events may block
            Thread.interrupted();
            report(peer, outcome);
        } finally {
            ended(peer, exchange);
        }
    }

    private void ended(InetSocketAddress peer, Exchange exchange) {
        running.remove(exchange);
        byAddress.leave(peer.getAddress());
        room.release();
        monitor.signal();
    }

    private void report(InetSocketAddress peer, Outcome outcome) {
        Throwable cause = outcome.cause();
        if (cause == null) {
            reporter.report(new ServerEvent.Completed(peer, outcome.bytesReceived(), outcome.bytesSent()));
        } else if (isOfTheStart(cause)) {
            reporter.report(new ServerEvent.Rejected(peer, cause));
        } else {
            ServerEvent failed = new ServerEvent.Failed(peer, outcome.bytesReceived(), outcome.bytesSent(), cause);
            if (cause instanceof RestreamException) {
                reporter.report(failed);
            } else {
                reporter.reportBug("a server's handler failed", cause, failed);
            }
        }
    }

    private static boolean isOfTheStart(Throwable cause) {
        return cause instanceof MalformedHeaderException
                || cause instanceof HeaderTooLargeException
                || cause instanceof SSLHandshakeException;
    }

    @Override
    public void close() {
        close(options.closeGrace());
    }

    @Override
    public void close(Duration grace) {
        Duration checked = options.closeGrace(grace).closeGrace();
        if (state.compareAndSet(State.NEW, State.CLOSED) || state.get() == State.CLOSED) {
            return;
        }
        if (state.compareAndSet(State.LISTENING, State.CLOSING)) {
            stopListening();
        }
        // a handler or listener of ours that closes must not wait for itself
        if (running.stream().anyMatch(Exchange::isRunByCaller) || reporter.isReporting()) {
            Threads.start("restream-server-close", () -> endExchanges(checked));
        } else {
            endExchanges(checked);
        }
    }

    private void stopListening() {
        ListeningSocket opened = socket;
        if (opened != null) {
            opened.close();
        }
        room.release();
        Acceptor begun = acceptor;
        if (begun != null) {
            begun.wake();
        }
    }

    private void endExchanges(Duration grace) {
        boolean interrupted = false;
        try {
            monitor.await(running::isEmpty, grace.toNanos());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        running.forEach(exchange -> exchange.cancel("the server was closed"));
        try {
            monitor.await(running::isEmpty, ABORT_WAIT.toNanos());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (state.compareAndSet(State.CLOSING, State.CLOSED)) {
            reporter.report(new ServerEvent.Closed());
            KeepAlive.release();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
