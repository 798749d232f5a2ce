package org.restream.internal.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.restream.HeaderTooLargeException;
import org.restream.MalformedHeaderException;
import org.restream.RestreamException;
import org.restream.RestreamServer.Handler;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Reporter;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Terms;
import org.restream.internal.link.Link;
import org.restream.internal.net.Connection;
import org.restream.internal.tls.Tls;

/** The exchanges of a server: one for each connection that is accepted and may be served. */
final class Exchanges implements Acceptor.Service {
    /** How long a handler that has been interrupted may take to return. */
    private static final Duration ABORT_WAIT = Duration.ofSeconds(5);

    private final ServerOptions options;
    private final Handler handler;
    private final Reporter<ServerEvent> reporter;
    private final BiConsumer<String, Runnable> threads;
    private final Semaphore room;
    private final BooleanSupplier listening;
    private final Terms terms;
    private final ConnectionsByAddress byAddress;
    private final Monitor monitor = new Monitor();
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();

    /**
     * Makes it.
     *
     * @param threads runs work on a thread of that name; throws an OutOfMemoryError where none can be made
     * @param room gets a permit back for each connection that has ended
     * @param listening whether what is accepted is still to be served
     */
    Exchanges(
            ServerOptions options,
            Handler handler,
            Reporter<ServerEvent> reporter,
            BiConsumer<String, Runnable> threads,
            Semaphore room,
            BooleanSupplier listening) {
        this.options = options;
        this.handler = handler;
        this.reporter = reporter;
        this.threads = threads;
        this.room = room;
        this.listening = listening;
        byAddress = new ConnectionsByAddress(options.maxConnectionsPerAddress());
        terms = new Terms(
                options.maxHeaderBytes(),
                options.allowEmptyRequest(),
                options.headerTimeout(),
                options.idleTimeout(),
                Timer.system(),
                work -> Threads.unstarted("restream-server-reader", work));
    }

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
            threads.accept(Server.threadName(connection.peer()), work);
        } catch (OutOfMemoryError e) {
            // no thread could be made; what it does now is to fail
            connection.abort();
            work.run();
        }
    }

    @Override
    public void run(Turn turn) {
        try {
            threads.accept(Server.threadName("turn"), turn);
        } catch (OutOfMemoryError e) {
            turn.fail();
        }
    }

    @Override
    public void acceptFailed(Throwable cause) {
        reporter.report(new ServerEvent.AcceptFailed(cause));
    }

    /** Serves a connection to its end; null where it is not to be served. */
    private @Nullable Runnable work(Connection connection) {
        if (!byAddress.enter(connection.peer().getAddress())) {
            turnAway(connection);
            return null;
        }
        Exchange exchange = new Exchange(secured(connection), terms);
        running.add(exchange);
        if (!listening.getAsBoolean()) {
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
        Supplier<SSLContext> tls = options.tlsFrom();
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
        if (outcome.empty()) {
            reporter.report(new ServerEvent.NoRequest(peer));
        } else if (cause == null) {
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

    /** Whether the calling thread is one of those that run handlers and listeners of exchanges. */
    boolean areRunByCaller() {
        return running.stream().anyMatch(Exchange::isRunByCaller);
    }

    /**
     * Waits until all have ended, then ends those that have not. There must come no more.
     *
     * @return whether the calling thread was interrupted meanwhile
     */
    boolean end(Duration grace) {
        boolean interrupted = awaitNone(grace);
        running.forEach(exchange -> exchange.cancel("the server was closed"));
        return awaitNone(ABORT_WAIT) || interrupted;
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
