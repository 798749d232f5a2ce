package org.restream.internal.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.restream.RestreamException;
import org.restream.RestreamServer.Handler;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.event.EventReporter;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.ExchangeConfig;
import org.restream.internal.exchange.ExchangePeer;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Reason;
import org.restream.internal.link.Connection;
import org.restream.internal.net.ConnectionCare;

/** Serves an accepted connection: opens it, runs its exchange, and reports the result. */
final class ServedConnection {
    private static final Timer TIMER = Timer.system();

    private final Connection connection;
    private final long number;
    private final ServerOptions options;
    private final Handler handler;
    private final EventReporter<ServerEvent> reporter;
    private final Exchange exchange;
    private final AtomicBoolean reported = new AtomicBoolean();
    private volatile boolean failed;

    ServedConnection(
            Connection connection,
            long number,
            ServerOptions options,
            Handler handler,
            ExchangeConfig config,
            EventReporter<ServerEvent> reporter) {
        this.connection = connection;
        this.number = number;
        this.options = options;
        this.handler = handler;
        this.reporter = reporter;
        exchange = new Exchange(connection, new ExchangePeer(connection, number), config, options.headerTimeout());
    }

    void run() {
        try {
            reporter.report(new ServerEvent.Accepted(connection.peer()));
            Outcome outcome = serve();
            // an interrupt was meant for the handler; a listener of events may block
            Thread.interrupted();
            report(outcome);
        } catch (Throwable e) {
            // neither the handler nor the connection has failed: no memory, say
            connection.abort();
            if (reported.compareAndSet(false, true)) {
                reporter.reportBug("a connection can't be served", e, failed(0, 0, e));
            }
        }
    }

    /** Records that it can't be served; {@link #run} reports that. */
    void fail(Throwable cause) {
        failed = true;
        exchange.fail(Reason.HANDLER, cause);
    }

    InetSocketAddress peer() {
        return connection.peer();
    }

    private Outcome serve() {
        ConnectionCare care = ConnectionCare.of(connection, options.idleTimeout(), TIMER, exchange::lost);
        try {
            open();
            return exchange.run(() -> handler.handle(exchange.incoming(), exchange.outgoing()));
        } finally {
            care.close();
        }
    }

    /** Opens the connection. The handshake counts against {@code headerTimeout}. */
    private void open() {
        if (connection.isOpen() || failed) {
            return;
        }
        long began = TIMER.nanoTime();
        try {
            ConnectionCare.open(connection, options.headerTimeout(), "headerTimeout", TIMER);
            exchange.headerTimeSpent(Duration.ofNanos(TIMER.nanoTime() - began));
        } catch (IOException | RuntimeException | Error e) {
            boolean silent = !options.allowEmptyRequest() && connection.endedSilently();
            exchange.fail(silent ? Reason.EMPTY : Reason.HANDSHAKE, e);
        }
    }

    /** Gives up on a handler that ignores interrupts. The end of its exchange is not reported any more. */
    void giveUp() {
        if (reported.compareAndSet(false, true)) {
            reporter.report(failed(
                    exchange.bytesSent(),
                    exchange.bytesReceived(),
                    new RestreamException("the server was closed, and the handler has not returned")));
        }
    }

    private void report(Outcome outcome) {
        if (!reported.compareAndSet(false, true)) {
            return;
        }
        InetSocketAddress peer = connection.peer();
        Reason reason = outcome.reason();
        Throwable cause = outcome.cause();
        if (reason == null || cause == null) {
            reporter.report(
                    outcome.refusal() == null
                            ? new ServerEvent.Completed(peer, number, outcome.bytesSent(), outcome.bytesReceived())
                            : failed(outcome.bytesSent(), outcome.bytesReceived(), outcome.refusal()));
            return;
        }
        switch (reason) {
            case EMPTY -> reporter.report(new ServerEvent.NoRequest(peer));
            case HANDSHAKE, HEADER -> reporter.report(new ServerEvent.Rejected(peer, cause));
            case HANDLER ->
                reporter.reportBug(
                        "a server's handler failed",
                        cause,
                        failed(outcome.bytesSent(), outcome.bytesReceived(), cause));
            // a restream client resets the connection when it has read a refusal: report the refusal, not the loss
            default ->
                reporter.report(failed(
                        outcome.bytesSent(),
                        outcome.bytesReceived(),
                        outcome.refusal() == null ? cause : outcome.refusal()));
        }
    }

    private ServerEvent failed(long sent, long received, Throwable cause) {
        return new ServerEvent.Failed(connection.peer(), number, sent, received, cause);
    }

    void cancel(String why) {
        exchange.cancel(why);
    }

    boolean isRunByCaller() {
        return exchange.isRunByCaller();
    }
}
