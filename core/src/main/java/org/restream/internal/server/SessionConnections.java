package org.restream.internal.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.FailureKind;
import org.restream.RestreamServer.Handler;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.internal.concurrent.SerialRunner;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.concurrent.UserContext;
import org.restream.internal.event.EventReporter;
import org.restream.internal.exchange.ExchangeConfig;
import org.restream.internal.link.Connection;
import org.restream.internal.server.dispatch.ExchangeQueue;
import org.restream.internal.server.dispatch.QueueTicks;
import org.restream.internal.session.carrier.SessionLink;
import org.restream.internal.session.host.HostListener;
import org.restream.internal.session.host.HostedSession;
import org.restream.internal.session.host.SessionHost;

/** Tells connections that carry a session from plain ones, and runs the exchanges of sessions. */
final class SessionConnections implements HostListener {
    /** How long a connection that has said nothing may turn out to carry a session: a client says so at once. */
    private static final Duration FIRST_BYTE_WAIT = Duration.ofMillis(250);

    /** Enough for the first line of most. A session that waits keeps it. */
    private static final int FIRST_LINE = 384;

    static final String ALPN = "restream/1";

    private final ServerOptions options;
    private final Handler handler;
    private final ExchangeConfig config;
    private final EventReporter<ServerEvent> reporter;
    private final AtomicLong numbers;
    private final Consumer<Served> begun;
    private final Consumer<Served> over;
    private final SessionHost host;
    private final SerialRunner events;
    private final int maxHandlers;
    private final AtomicInteger handlers = new AtomicInteger();
    private final QueueTicks ticks = new QueueTicks(Timer.system());
    private volatile UserContext context = UserContext.current();

    /**
     * @param numbers counts the server's exchanges
     * @param begun is told of each exchange that begins
     * @param over is told when it is over
     */
    SessionConnections(
            ServerOptions options,
            SessionLimits limits,
            Handler handler,
            ExchangeConfig config,
            EventReporter<ServerEvent> reporter,
            AtomicLong numbers,
            Consumer<Served> begun,
            Consumer<Served> over) {
        this.options = options;
        this.handler = handler;
        this.config = config;
        this.reporter = reporter;
        this.numbers = numbers;
        this.begun = begun;
        this.over = over;
        maxHandlers = limits.handlers();
        events = new SerialRunner(work -> Threads.run("restream-server-events", context.around(work)));
        host = new SessionHost(HostConfigs.of(options, limits), this, Timer.system(), new SecureRandom());
    }

    /** In whose context handlers and listeners are called. */
    void context(UserContext of) {
        context = of;
    }

    /**
     * Carries a session, if the connection is one's, until it ends.
     *
     * @param spent is told how long the peer's first byte was waited for
     * @param begins is run once the connection carries one
     * @return whether it was one's
     */
    boolean take(Connection connection, Consumer<Duration> spent, Runnable begins) {
        ByteBuffer in = ByteBuffer.allocate(FIRST_LINE).limit(0);
        Connection session = connection;
        if (connection.isSecure()) {
            if (!connection.applicationProtocol().equals(ALPN)) {
                return false;
            }
        } else if (connection instanceof EitherConnection peeked) {
            ByteBuffer first = peek(peeked, spent);
            if (!first.hasRemaining() || first.get(first.position()) != PlainOnlyConnection.SESSION_BYTE) {
                return false;
            }
            in.clear().put(first).flip();
            session = peeked.takeForSession();
        }
        serve(session, in, begins);
        return true;
    }

    /** The same for one whose first byte came late: after its plain exchange had begun, which has failed by that. */
    void takeLate(Connection connection, Runnable begins) {
        if (!(connection instanceof EitherConnection either) || !either.isSession()) {
            return;
        }
        ByteBuffer in = ByteBuffer.allocate(FIRST_LINE).limit(0);
        ByteBuffer first = either.first();
        serve(
                either.takeForSession(),
                first.remaining() <= in.capacity() ? in.clear().put(first).flip() : first,
                begins);
    }

    private void serve(Connection connection, ByteBuffer in, Runnable begins) {
        IOException why;
        try {
            why = host.serve(connection, in, begins);
        } catch (Throwable e) {
            // who took it for a session's has let go of it
            connection.abort();
            throw e;
        }
        if (why != null) {
            reporter.report(new ServerEvent.Rejected(connection.peer(), 0, FailureKind.SESSION, why));
        }
    }

    private static ByteBuffer peek(EitherConnection connection, Consumer<Duration> spent) {
        long began = Timer.system().nanoTime();
        try {
            return connection.peek(FIRST_BYTE_WAIT);
        } catch (IOException e) {
            // whoever reads next is told again
            return ByteBuffer.allocate(0);
        } finally {
            spent.accept(Duration.ofNanos(Timer.system().nanoTime() - began));
        }
    }

    @Override
    public BiConsumer<SessionLink, Integer> exchanges(HostedSession session) {
        ExchangeQueue queue = new ExchangeQueue(
                work -> Threads.run("restream-server-exchange", work),
                () -> session.shared().hold(),
                () -> session.shared().release(),
                ticks);
        Consumer<ServedExchange> starts = Acceptor.BATCHES ? queue::add : queue::addAlone;
        return (link, deadlineMillis) -> exchange(session, starts, link, deadlineMillis);
    }

    private void exchange(
            HostedSession session, Consumer<ServedExchange> starts, SessionLink link, int deadlineMillis) {
        if (handlers.incrementAndGet() > maxHandlers) {
            handlers.decrementAndGet();
            link.refuse("too many handlers run");
            return;
        }
        long number = numbers.incrementAndGet();
        ServedExchange served = new ServedExchange(
                link,
                session,
                number,
                handler,
                context,
                config,
                options.headerTimeout(),
                deadlineMillis,
                new ExchangeReport(reporter, session, number),
                handlers::decrementAndGet,
                events,
                over);
        begun.accept(served);
        starts.accept(served);
    }

    private void report(ServerEvent event) {
        events.run(() -> reporter.report(event));
    }

    @Override
    public void opened(HostedSession session) {
        report(new ServerEvent.SessionOpened(session.peer(), session.name()));
    }

    @Override
    public void away(HostedSession session, Throwable why) {
        report(new ServerEvent.Away(session.peer(), session.name(), why));
    }

    @Override
    public void resumed(HostedSession session, long epoch, long awayMillis) {
        report(new ServerEvent.Resumed(session.peer(), session.name(), epoch, Duration.ofMillis(awayMillis)));
    }

    @Override
    public void fenced(HostedSession session, InetSocketAddress before) {
        report(new ServerEvent.Fenced(before, session.name()));
    }

    @Override
    public void ended(HostedSession session, Throwable why) {
        report(new ServerEvent.SessionEnded(session.peer(), session.name(), why));
    }

    /** Takes no new session or exchange; a session ends once nothing lives in it. */
    void drain(Duration grace) {
        host.drain(grace);
    }

    /** Ends all sessions. */
    void close() {
        host.close();
    }

    /** Waits until all that has happened has been reported: for a listener that is busy, too. */
    void awaitReported() {
        host.awaitEnded();
        events.flush();
    }

    /** One of several connections; or null where a server takes no sessions. */
    static @Nullable SessionConnections of(
            ServerOptions options,
            Handler handler,
            ExchangeConfig config,
            EventReporter<ServerEvent> reporter,
            AtomicLong numbers,
            Consumer<Served> begun,
            Consumer<Served> over) {
        SessionLimits limits = options.sessions();
        return limits == null
                ? null
                : new SessionConnections(options, limits, handler, config, reporter, numbers, begun, over);
    }
}
