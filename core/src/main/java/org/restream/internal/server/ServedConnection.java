package org.restream.internal.server;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
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
import org.restream.internal.jfr.ConnectionFlight;
import org.restream.internal.jfr.Flight;
import org.restream.internal.link.Connection;
import org.restream.internal.net.ConnectionCare;

/** Serves an accepted connection: opens it, runs its exchange, and reports the result. */
final class ServedConnection implements AcceptedConnection {
    private static final Timer TIMER = Timer.system();

    private final Connection connection;
    private final ServerOptions options;
    private final Handler handler;
    private final boolean emptyAllowed;
    private final EventReporter<ServerEvent> reporter;
    private final @Nullable SessionConnections sessions;
    private final Exchange exchange;
    private final ExchangeReport report;
    private Duration spent = Duration.ZERO;
    /** Whether that has been reported. Guarded by this. */
    private boolean disconnected;

    private volatile ConnectionFlight flight = ConnectionFlight.NONE;
    private volatile boolean failed;
    private volatile boolean session;

    /**
     * @param spent how much of {@code headerTimeout} is over
     */
    ServedConnection(
            Connection connection,
            long number,
            ServerOptions options,
            Handler handler,
            ExchangeConfig config,
            EventReporter<ServerEvent> reporter,
            @Nullable SessionConnections sessions,
            Duration spent) {
        this.connection = connection;
        this.options = options;
        this.handler = handler;
        emptyAllowed = config.emptyAllowed();
        this.reporter = reporter;
        this.sessions = sessions;
        report = new ExchangeReport(reporter, connection, number);
        exchange = new Exchange(connection, new ExchangePeer(connection, number), config, options.headerTimeout());
        spent(spent);
    }

    @Override
    public void run() {
        try {
            flight = Flight.connection();
            reporter.report(new ServerEvent.Accepted(connection.peer()));
            Outcome outcome = null;
            try (ConnectionCare care = ConnectionCare.of(connection, options.idleTimeout(), TIMER, exchange::lost)) {
                if (begins(care)) {
                    // not in a method of its own, which is a frame on the stack of a thread that waits in the handler
                    outcome = exchange.run(new HandlerCall(handler, exchange));
                    takeLate(care);
                }
            }
            // an interrupt was meant for the handler; a listener of events may block
            Thread.interrupted();
            if (outcome != null) {
                report.outcome(outcome);
            }
        } catch (Throwable e) {
            // neither the handler nor the connection has failed: no memory, say
            connection.abort();
            report.bug(e);
        } finally {
            disconnected();
        }
    }

    private void disconnected() {
        synchronized (this) {
            if (disconnected) {
                return;
            }
            disconnected = true;
        }
        flight.ended(connection.peer(), connection.isSecure());
        reporter.report(new ServerEvent.Disconnected(connection.peer()));
    }

    @Override
    public void fail(Throwable cause) {
        failed = true;
        exchange.fail(Reason.HANDLER, cause);
    }

    @Override
    public InetAddress counted() {
        return connection.peer().getAddress();
    }

    /** Opens it; false where it has carried a session, and no exchange follows. */
    private boolean begins(ConnectionCare care) {
        boolean opened = open();
        if (sessions != null
                && connection.isOpen()
                && sessions.take(connection, this::spent, () -> sessionBegins(care))) {
            report.none();
            return false;
        }
        if (opened) {
            report.begins();
        }
        return true;
    }

    /** Carries a session, if the exchange has failed because it is one's. */
    private void takeLate(ConnectionCare care) {
        if (sessions != null) {
            sessions.takeLate(connection, () -> {
                report.noRequest();
                sessionBegins(care);
            });
        }
    }

    /** From now on it carries a session, which looks after it, and ends it. */
    private void sessionBegins(ConnectionCare care) {
        session = true;
        care.close();
        connection.keepAlive();
    }

    /** Opens the connection; false where that has failed. The handshake counts against {@code headerTimeout}. */
    private boolean open() {
        if (connection.isOpen() || failed) {
            return !failed;
        }
        long began = TIMER.nanoTime();
        try {
            Duration limit = options.headerTimeout();
            ConnectionCare.open(connection, limit, limit.minus(spent), "headerTimeout", TIMER);
            spent(Duration.ofNanos(TIMER.nanoTime() - began));
            return true;
        } catch (IOException | RuntimeException | Error e) {
            boolean silent = !emptyAllowed && connection.endedSilently();
            exchange.fail(silent ? Reason.EMPTY : Reason.HANDSHAKE, e);
            return false;
        }
    }

    private void spent(Duration time) {
        spent = spent.plus(time);
        exchange.headerTimeSpent(spent);
    }

    @Override
    public void giveUp() {
        if (!session) {
            report.givenUp(exchange);
        }
        disconnected();
    }

    @Override
    public void cancel(String why) {
        if (!session) {
            exchange.cancel(Reason.CLOSED, why);
        }
    }

    @Override
    public boolean isRunByCaller() {
        return exchange.isRunByCaller();
    }
}
