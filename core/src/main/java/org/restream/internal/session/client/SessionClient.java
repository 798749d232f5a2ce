package org.restream.internal.session.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.ExchangeOptions;
import org.restream.NeverStartedException;
import org.restream.Reconnect;
import org.restream.RestreamSession;
import org.restream.internal.concurrent.JvmHold;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.OwnThread;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.UserContext;
import org.restream.internal.event.EventReporter;
import org.restream.internal.jfr.Flight;
import org.restream.internal.reconnect.ReconnectLoop;
import org.restream.internal.reconnect.ReconnectPolicy;
import org.restream.internal.session.wire.ByeCode;

/** A client's session: one thread that connects and comes back, and the exchanges on the threads of those who ask for them. */
public final class SessionClient implements RestreamSession {
    private static final AtomicLong COUNT = new AtomicLong();
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);
    /** How long the server may take to hear of the end, and a listener with the last event. */
    private static final Duration END_WAIT = Duration.ofSeconds(5);

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
    /** It connects, and waits for sessions. */
    private final OwnThread runner = new OwnThread();

    private SessionClient(ClientOptions options) {
        this.options = options;
        reporter = new EventReporter<>(options.listener(), Flight.ofSession());
        runs = new SessionRuns(options, name, this::happened, context::around, () -> closing);
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
        runner.attach();
        try {
            gaveUp = new ReconnectLoop(
                            options,
                            new ReconnectPolicy(
                                    options, () -> ThreadLocalRandom.current().nextDouble()),
                            runs,
                            this::sleep,
                            this::report,
                            () -> closing && runs.liveCount() == 0)
                    .run();
        } catch (InterruptedException e) {
            // closed
            Thread.interrupted();
        } catch (Throwable e) {
            gaveUp = e;
        } finally {
            runner.shield();
            end();
            runner.detach();
        }
    }

    /** A listener is the user's: an interrupt is not meant for it. Whoever goes on after it looks whether to. */
    private void report(ClientEvent event) {
        if (event instanceof ClientEvent.Aborted) {
            // what a session carries are exchanges of others, which report themselves
            return;
        }
        runner.shield();
        try {
            reporter.report(event);
        } finally {
            Thread.interrupted();
            runner.attach();
        }
    }

    /** An event of a session, on whichever thread. */
    private void happened(ClientEvent event) {
        if (runner.isCaller()) {
            report(event);
        } else {
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
        awaitSessions();
        reporter.reportLast(new ClientEvent.Closed());
        ended.countDown();
    }

    private void awaitSessions() {
        try {
            runs.awaitEnded(END_WAIT);
        } catch (InterruptedException e) {
            // nobody knows this thread any more
            Thread.interrupted();
        }
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
        return exchanges.run(runs.open(), limits, handler, () -> false);
    }

    private void checkOpen() {
        if (closing) {
            throw new IllegalStateException("the session is closed", gaveUp);
        }
    }

    @Override
    public <T> CompletableFuture<T> exchangeAsync(Handler<T> handler) {
        checkOpen();
        return exchanges.async(cancelled -> {
            checkOpen();
            return exchanges.run(runs.open(), ExchangeOptions.defaults(), handler, cancelled);
        });
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
        if (exchanges.isRunByCaller() || runner.isCaller()) {
            // here it would wait for itself
            Threads.start(name + "-close", () -> endSoftly(grace));
        } else if (endSoftly(grace)) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for what runs, and for the last event, but not for long; returns whether it was interrupted meanwhile. */
    private boolean endSoftly(Duration grace) {
        try {
            runs.awaitNothing(grace.compareTo(SessionExchanges.LONG) < 0 ? grace : SessionExchanges.LONG);
            finish(ByeCode.DONE);
            boolean unused = ended.await(END_WAIT.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        } catch (InterruptedException e) {
            finish(ByeCode.DONE);
            return true;
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
        // where the server is being told the thread ends with the connection
        if (!told) {
            runner.interrupt();
        }
        wake();
    }

    private void wake() {
        monitor.signal();
        runs.wake();
    }
}
