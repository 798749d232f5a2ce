package org.restream.internal.session.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.ExchangeOptions;
import org.restream.NeverStartedException;
import org.restream.Reconnect;
import org.restream.RestreamSession;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.JvmHold;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.UserContext;
import org.restream.internal.event.EventReporter;
import org.restream.internal.reconnect.AttemptResult;
import org.restream.internal.reconnect.ReconnectLoop;
import org.restream.internal.reconnect.ReconnectPolicy;
import org.restream.internal.session.wire.ByeCode;

/** A client's session: one thread that connects and comes back, and the exchanges on the threads of those who ask for them. */
public final class SessionClient implements RestreamSession {
    private static final AtomicLong COUNT = new AtomicLong();
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);
    /** How long the server may take to hear of the end, and a listener with the last event. */
    private static final Duration END_WAIT = Duration.ofSeconds(5);

    /** Any time, as a number of nanoseconds has room for. */
    private static final Duration LONG = Duration.ofDays(36_500);

    private final ClientOptions options;
    private final String name = "restream-session-" + COUNT.incrementAndGet();
    private final EventReporter<ClientEvent> reporter;
    private final UserContext context = UserContext.current();
    private final Monitor monitor = new Monitor();
    private final SessionRuns runs;
    private final SessionExchanges exchanges;
    private final AtomicBoolean finished = new AtomicBoolean();
    /** Open once the last event has been told. */
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile boolean closing;
    private volatile boolean closed;
    private volatile @Nullable Throwable gaveUp;
    private volatile @Nullable Thread runner;

    private SessionClient(ClientOptions options) {
        this.options = options;
        reporter = new EventReporter<>(options.listener());
        runs = new SessionRuns(options, name, reporter::report, () -> closing);
        exchanges = new SessionExchanges(options, name, context, reporter);
    }

    /** Makes one, which is connecting. */
    public static SessionClient start(ClientOptions options) {
        // a session goes on until it is closed
        SessionClient client = new SessionClient(options.reconnect(Reconnect.ALWAYS));
        JvmHold.hold();
        try {
            Threads.run(client.name, client.context.around(client::run));
        } catch (Throwable e) {
            JvmHold.release();
            throw e;
        }
        return client;
    }

    private void run() {
        runner = Thread.currentThread();
        try {
            gaveUp = new ReconnectLoop(
                            options,
                            new ReconnectPolicy(
                                    options, () -> ThreadLocalRandom.current().nextDouble()),
                            this::carry,
                            this::sleep,
                            this::happened,
                            () -> closing && runs.liveCount() == 0)
                    .run();
        } catch (InterruptedException e) {
            // closed
            Thread.interrupted();
        } catch (Throwable e) {
            gaveUp = e;
        } finally {
            runner = null;
            end();
        }
    }

    /** One session, from its beginning to its end. */
    private AttemptResult carry(ServerAddress server, long number, Runnable connected)
            throws IOException, InterruptedException {
        AtomicReference<@Nullable String> opened = new AtomicReference<>();
        try {
            return runs.run(server, number, () -> {
                connected.run();
                String session = runs.carriedName();
                opened.set(session);
                reporter.report(new ClientEvent.SessionOpened(server, session));
            });
        } finally {
            String session = opened.get();
            if (session != null) {
                reporter.report(new ClientEvent.SessionEnded(server, session));
            }
        }
    }

    private void happened(ClientEvent event) {
        // what a session carries are exchanges of others, which report themselves
        if (!(event instanceof ClientEvent.Aborted)) {
            reporter.report(event);
        }
    }

    private void end() {
        closing = true;
        closed = true;
        Throwable cause = gaveUp;
        boolean unused = runs.leave(
                ByeCode.SHUTDOWN,
                cause == null
                        ? new IOException("the session was closed")
                        : new NeverStartedException(
                                cause.getMessage() == null ? "gave up" : cause.getMessage(), cause));
        JvmHold.release();
        monitor.signal();
        reporter.report(new ClientEvent.Closed());
        ended.countDown();
    }

    private void sleep(Duration delay) throws InterruptedException {
        monitor.await(() -> closing && runs.liveCount() == 0, ReconnectPolicy.nanos(delay));
    }

    @Override
    public <T> T exchange(Handler<T> handler) throws IOException, InterruptedException {
        return exchange(ExchangeOptions.defaults(), handler);
    }

    @Override
    public <T> T exchange(ExchangeOptions limits, Handler<T> handler) throws IOException, InterruptedException {
        checkOpen();
        return exchanges.run(runs.open(), limits, handler);
    }

    private void checkOpen() {
        if (closing) {
            throw new IllegalStateException("the session is closed", gaveUp);
        }
    }

    @Override
    public <T> CompletableFuture<T> exchangeAsync(Handler<T> handler) {
        checkOpen();
        return exchanges.async(() -> exchange(handler));
    }

    @Override
    public State state() {
        if (closed || finished.get()) {
            return State.CLOSED;
        }
        return runs.isConnected() ? State.CONNECTED : runs.isAway() ? State.AWAY : State.CONNECTING;
    }

    @Override
    public void close() {
        close(CLOSE_GRACE);
    }

    @Override
    public void close(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative, but is " + grace);
        }
        closing = true;
        wake();
        boolean interrupted = false;
        try {
            runs.awaitNothing(grace.compareTo(LONG) < 0 ? grace : LONG);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        finish(ByeCode.DONE);
        if (interrupted || awaitEnd()) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void abort() {
        closing = true;
        finish(ByeCode.SHUTDOWN);
    }

    private void finish(int code) {
        if (!finished.compareAndSet(false, true)) {
            return;
        }
        boolean told = runs.leave(code, new IOException("the session was closed"));
        Thread thread = runner;
        // where the server is being told the thread ends with the connection
        if (!told && thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
        }
        wake();
    }

    /** Waits for the last event, but not for long; returns whether the calling thread was interrupted meanwhile. */
    private boolean awaitEnd() {
        if (reporter.isReporting() || runner == Thread.currentThread()) {
            return false;
        }
        try {
            boolean unused = ended.await(END_WAIT.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void wake() {
        monitor.signal();
        runs.wake();
    }
}
