package org.restream.internal.client;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Reconnect;
import org.restream.RestreamClient;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.JvmHold;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.OwnThread;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.concurrent.UserContext;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.ExchangeConfig;
import org.restream.internal.exchange.ExchangePeer;
import org.restream.internal.link.Connection;
import org.restream.internal.net.ConnectionCare;
import org.restream.internal.net.Connector;
import org.restream.internal.net.Lookup;
import org.restream.internal.reconnect.AttemptResult;
import org.restream.internal.reconnect.ReconnectLoop;
import org.restream.internal.reconnect.ReconnectPolicy;
import org.restream.internal.tls.Tls;

/** A client: one thread that lives as the {@link ReconnectLoop} says, and the ways to reach it from others. */
public final class Client implements RestreamClient {
    private static final AtomicLong COUNT = new AtomicLong();
    /** How long {@link #close} waits for a handler or listener that does not return. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final ClientOptions options;
    private final Handler handler;
    private final ClientState state;
    private final Connector connector;
    private final ExchangeConfig config;
    private final String name;
    private final UserContext context = UserContext.current();
    private final Monitor monitor = new Monitor();
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    /** What has ended it before its time, or is about to; the first one counts. */
    private final AtomicReference<@Nullable Closing> closing = new AtomicReference<>();

    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private final OwnThread runner = new OwnThread();

    private volatile Timer.Task maxTime = Timer.Task.NONE;
    private volatile Timer.Task lastResort = Timer.Task.NONE;
    private volatile Timer.Task graceOver = Timer.Task.NONE;
    private volatile boolean retryNow;
    private volatile boolean ended;
    /** No attempt follows the one that is running. */
    private volatile boolean finishing;

    private volatile @Nullable Exchange exchange;

    /**
     * Why it ends.
     *
     * @param failure what it fails with; null: as a client does that is closed
     */
    private record Closing(String why, @Nullable Throwable failure) {}

    /** How it ended; failure is null where well. */
    private record End(@Nullable Throwable failure) {}

    private static final Closing CLOSED = new Closing("the client was closed", null);
    private static final Closing OVER = new Closing("its life is over", null);

    private Client(ClientOptions options, Handler handler) {
        this.options = options;
        this.handler = handler;
        name = "restream-client-" + COUNT.incrementAndGet();
        state = new ClientState(options.listener());
        connector = new Connector(
                options.connectTimeout(),
                new Lookup(InetAddress::getAllByName),
                Timer.system(),
                layer(options.tlsFrom()));
        config = new ExchangeConfig(
                ExchangeConfig.Side.CLIENT,
                options.maxHeaderBytes(),
                options.allowEmptyAnswer(),
                options.refusals(),
                options.interruptOnLoss(),
                Timer.system(),
                work -> Threads.unstarted(name + "-reader", context.around(work)),
                state::logBug);
    }

    private static Connector.Layer layer(@Nullable Supplier<SSLContext> tls) {
        return tls == null
                ? (connection, server) -> connection
                : (connection, server) -> Tls.client(connection, tls, server.host(), server.port());
    }

    /** Makes a client, which is connecting. */
    public static Client start(ClientOptions options, Handler handler) {
        Client client = new Client(options, handler);
        JvmHold.hold();
        try {
            Threads.run(client.name, client.context.around(client::run));
        } catch (Throwable e) {
            // the system makes no more threads
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
            if (end.get() != null) {
                maxTime.cancel();
            }
        }
    }

    private void run() {
        runner.attach();
        try {
            conclude(live());
        } finally {
            runner.detach();
            ended = true;
            lastResort.cancel();
            graceOver.cancel();
            monitor.signal();
        }
    }

    /** Returns what the client fails with, or null. */
    private @Nullable Throwable live() {
        Throwable failure;
        try {
            failure = loop().run();
        } catch (InterruptedException e) {
            failure = closedFailure();
        } catch (Throwable e) {
            failure = e;
        }
        closing.compareAndSet(null, OVER);
        // an interrupt was meant for what has ended now, not for the listener that hears of it
        runner.shield();
        return failure;
    }

    private ReconnectLoop loop() {
        return new ReconnectLoop(
                options,
                new ReconnectPolicy(options, () -> ThreadLocalRandom.current().nextDouble()),
                this::attempt,
                this::sleep,
                this::happened,
                () -> isClosing() || (finishing && exchange == null));
    }

    private @Nullable Throwable closedFailure() {
        Closing by = closing.get();
        if (by != null && by.failure != null) {
            return by.failure;
        }
        return options.reconnect() == Reconnect.ALWAYS
                ? null
                : new CancellationException("the client was closed before its exchange was complete");
    }

    /** The end, as the client's own thread comes to it. */
    private void conclude(@Nullable Throwable failure) {
        if (!end.compareAndSet(null, new End(failure))) {
            return;
        }
        maxTime.cancel();
        try {
            state.closed(gaveUp(failure));
        } finally {
            complete(failure);
        }
    }

    /** The same without that thread, where a handler or listener does not return. */
    private void concludeWithoutIt() {
        Throwable failure = closedFailure();
        if (end.compareAndSet(null, new End(failure))) {
            maxTime.cancel();
            state.closedElsewhere(gaveUp(failure), context);
            complete(failure);
        } else {
            // it is in the listener that hears of the end
            End first = end.get();
            complete(first == null ? failure : first.failure);
        }
    }

    /** What has ended it, where no event has told so. */
    private @Nullable Throwable gaveUp(@Nullable Throwable failure) {
        Closing by = closing.get();
        return by != null && by.failure == failure ? failure : null;
    }

    private void complete(@Nullable Throwable failure) {
        boolean first = true;
        try {
            first = failure == null ? completion.complete(null) : completion.completeExceptionally(failure);
        } finally {
            if (first) {
                JvmHold.release();
            }
        }
    }

    private AttemptResult attempt(ServerAddress server, long number, Runnable connected)
            throws IOException, InterruptedException {
        Connection connection = connector.connect(server);
        ConnectionCare care = null;
        try {
            Exchange made = new Exchange(connection, new ExchangePeer(connection, number), config, Duration.ZERO);
            exchange = made;
            care = ConnectionCare.of(connection, options.idleTimeout(), Timer.system(), made::lost);
            Closing by = closing.get();
            if (by != null || finishing) {
                made.cancel((by == null ? CLOSED : by).why);
            } else {
                connected.run();
            }
            return Results.of(made.run(() -> handle(made)));
        } finally {
            exchange = null;
            if (care == null) {
                connection.abort();
            } else {
                care.close();
            }
        }
    }

    private void handle(Exchange made) throws Exception {
        if (!isClosing()) {
            handler.handle(made.outgoing(), made.incoming());
        }
    }

    private void happened(ClientEvent event) {
        if (event instanceof ClientEvent.Waiting) {
            // before anybody hears of the wait, and ends it
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
        CompletableFuture<Void> copy = new CompletableFuture<>();
        // not whenComplete, which wraps the failure: that asks it for its text, and a user's exception may throw then
        CompletableFuture<Boolean> unused = completion.handle(
                (done, failure) -> failure == null ? copy.complete(null) : copy.completeExceptionally(failure));
        unused = copy.handle((done, failure) -> {
            // completed from outside, by a thread that must not wait here
            if (!completion.isDone()) {
                beginClose(CLOSED);
            }
            return true;
        });
        return copy;
    }

    @Override
    public void close(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative, but is " + grace);
        }
        finishing = true;
        monitor.signal();
        if (exchange == null) {
            // nothing runs that could end well
            close();
        } else if (isRunByCaller()) {
            graceOver = Timer.system().after(grace, () -> beginClose(CLOSED));
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
        beginClose(CLOSED);
        if (!own && !awaitEnd(CLOSE_WAIT)) {
            concludeWithoutIt();
        }
    }

    /** Ends whatever it does, and does not wait for that. */
    private void beginClose(Closing by) {
        if (closing.compareAndSet(null, by)) {
            monitor.signal();
            Exchange running = exchange;
            if (running != null) {
                running.cancel(by.why);
            }
            runner.interrupt();
            lastResort =
                    Timer.system().after(CLOSE_WAIT, () -> Threads.start(name + "-close", this::concludeWithoutIt));
            if (ended) {
                lastResort.cancel();
            }
        }
    }

    private boolean isClosing() {
        return closing.get() != null;
    }

    /** A handler or listener of ours that closes must not wait for itself. */
    private boolean isRunByCaller() {
        Exchange running = exchange;
        return runner.isCaller() || (running != null && running.isRunByCaller());
    }

    /** Whether it has ended; also where the calling thread was interrupted meanwhile. */
    private boolean awaitEnd(Duration most) {
        try {
            return monitor.await(() -> ended, ReconnectPolicy.nanos(most));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
