package org.restream.internal.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Reconnect;
import org.restream.RestreamClient;
import org.restream.internal.client.ClientEnd.Closing;
import org.restream.internal.concurrent.JvmHold;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.OwnThread;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.concurrent.UserContext;
import org.restream.internal.reconnect.ReconnectLoop;
import org.restream.internal.reconnect.ReconnectPolicy;
import org.restream.internal.session.client.KnownServers;

/** A client: a thread that runs the {@link ReconnectLoop}, and the methods by which other threads control it. */
public final class Client implements RestreamClient {
    private static final AtomicLong COUNT = new AtomicLong();
    /** How long {@link #close} waits for a handler or listener that does not return. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final ClientOptions options;
    private final ClientState state;
    private final Attempts attempts;
    private final String name;
    private final UserContext context = UserContext.current();
    private final Monitor monitor = new Monitor();
    private final ClientEnd end;
    private final OwnThread runner = new OwnThread();

    private volatile Timer.Task maxTime = Timer.Task.NONE;
    private volatile Timer.Task lastResort = Timer.Task.NONE;
    private volatile Timer.Task graceOver = Timer.Task.NONE;
    private volatile boolean retryNow;
    private volatile boolean ended;
    /** Set when no further attempt may follow the running one. */
    private volatile boolean finishing;

    private Client(ClientOptions options, Handler handler) {
        this.options = options;
        name = "restream-client-" + COUNT.incrementAndGet();
        state = new ClientState(options.listener(), this::unfinished, () -> isClosing() || finishing);
        end = new ClientEnd(
                state, context, options.reconnect() == Reconnect.ALWAYS, () -> beginClose(ClientEnd.CLOSED));
        attempts = new Attempts(
                options,
                new Lines(options, name, KnownServers.OF_PROCESS, this::happened, context::around),
                handler,
                this::stop,
                work -> Threads.unstarted(name + "-reader", context.around(work)),
                state::logBug);
    }

    /** Creates a client, which begins to connect at once. */
    public static Client start(ClientOptions options, Handler handler) {
        Client client = new Client(options, handler);
        JvmHold.hold();
        try {
            Threads.run(client.name, client.context.around(client::run));
        } catch (Throwable e) {
            // no thread could be created
            JvmHold.release();
            throw e;
        }
        client.limitTime();
        return client;
    }

    private void limitTime() {
        if (!options.maxTime().isZero()) {
            maxTime = Timer.system()
                    .after(
                            options.maxTime(),
                            () -> beginClose(
                                    new Closing("its time was over (maxTime)", state.outOfTime(options.maxTime()))));
            if (end.isConcluded()) {
                maxTime.cancel();
            }
        }
    }

    private void run() {
        runner.attach();
        try {
            Throwable failure = live();
            maxTime.cancel();
            end.conclude(failure);
        } finally {
            runner.detach();
            ended = true;
            lastResort.cancel();
            graceOver.cancel();
            monitor.signal();
        }
    }

    /** Runs the client to its end. Returns the exception that it fails with, or null. */
    private @Nullable Throwable live() {
        Throwable failure;
        try {
            failure = loop().run();
        } catch (InterruptedException e) {
            failure = end.failureByClose();
        } catch (Throwable e) {
            failure = e;
        }
        end.beginOver();
        // an interrupt was meant for the work that has ended now, not for the listener of the last event
        runner.shield();
        return failure;
    }

    private ReconnectLoop loop() {
        return new ReconnectLoop(
                options,
                new ReconnectPolicy(options, () -> ThreadLocalRandom.current().nextDouble()),
                attempts::run,
                this::sleep,
                this::happened,
                () -> isClosing() || (finishing && !attempts.isConnected()));
    }

    private ClientEvent unfinished(ClientEvent.Connected connected) {
        return attempts.unfinished(connected);
    }

    private void happened(ClientEvent event) {
        if (event instanceof ClientEvent.Waiting) {
            // before the event of the wait, after which somebody may call retryNow()
            retryNow = false;
        }
        state.happened(event);
    }

    private void sleep(Duration delay) throws InterruptedException {
        monitor.await(() -> retryNow || isClosing() || finishing, ReconnectPolicy.nanos(delay));
    }

    @Override
    public State state() {
        return state.now();
    }

    @Override
    public void retryNow() {
        if (state.now() == State.WAITING) {
            retryNow = true;
            monitor.signal();
        }
    }

    @Override
    public CompletableFuture<Void> completion() {
        return end.completion();
    }

    @Override
    public void close(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative, but is " + grace);
        }
        finishing = true;
        monitor.signal();
        if (!attempts.isConnected()) {
            // nothing is running that could complete
            close();
        } else if (isRunByCaller()) {
            graceOver = Timer.system().after(grace, () -> beginClose(ClientEnd.CLOSED));
            if (ended) {
                graceOver.cancel();
            }
        } else {
            awaitEnd(grace);
            close();
        }
    }

    @Override
    public void close() {
        boolean own = isRunByCaller();
        beginClose(ClientEnd.CLOSED);
        if (!own && !awaitEnd(CLOSE_WAIT)) {
            concludeElsewhere();
        }
    }

    /** Ends the client on another thread, because a handler or listener does not return. */
    private void concludeElsewhere() {
        maxTime.cancel();
        end.concludeElsewhere();
    }

    /** Begins to close the client, and does not wait. */
    private void beginClose(Closing by) {
        if (end.begin(by)) {
            monitor.signal();
            attempts.cancel(by.why());
            runner.interrupt();
            lastResort =
                    Timer.system().after(CLOSE_WAIT, () -> Threads.start(name + "-close", this::concludeElsewhere));
            if (ended) {
                lastResort.cancel();
            }
        }
    }

    /**
     * Why no exchange may begin; null if it may. If the client is only finishing, a running exchange goes on to its
     * end.
     */
    private @Nullable String stop() {
        Closing by = end.begun();
        if (by == null && finishing) {
            by = ClientEnd.CLOSED;
        }
        return by == null ? null : by.why();
    }

    private boolean isClosing() {
        return end.begun() != null;
    }

    /** Whether the caller is a handler or listener of this client, which must not wait for itself. */
    private boolean isRunByCaller() {
        return runner.isCaller() || attempts.isRunByCaller();
    }

    /**
     * Waits for the end; returns true if the client has ended, also if the calling thread was interrupted meanwhile.
     */
    private boolean awaitEnd(Duration most) {
        try {
            return monitor.await(() -> ended, ReconnectPolicy.nanos(most));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
