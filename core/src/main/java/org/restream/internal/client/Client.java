package org.restream.internal.client;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Reconnect;
import org.restream.RestreamClient;
import org.restream.RestreamException;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.KeepAlive;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Reporter;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Terms;
import org.restream.internal.net.Lookup;
import org.restream.internal.net.TcpConnector;
import org.restream.internal.tls.Tls;

/** A client: one thread that lives as the {@link ReconnectLoop} says, and the ways to reach it from others. */
public final class Client implements RestreamClient {
    private static final AtomicLong COUNT = new AtomicLong();
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final ClientOptions options;
    private final Handler handler;
    private final Reporter<ClientEvent> reporter;
    private final TcpConnector connector;
    private final Terms terms;
    private final String name;
    private final Monitor monitor = new Monitor();
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Guarded by this. */
    private boolean letGo;

    /** The one that runs it, while it does. */
    private volatile @Nullable Thread runner;

    private volatile State state = State.CONNECTING;
    private volatile boolean retryNow;
    private volatile boolean ended;
    private volatile @Nullable Exchange exchange;

    private Client(ClientOptions options, Handler handler) {
        this.options = options;
        this.handler = handler;
        name = "restream-client-" + COUNT.incrementAndGet();
        reporter = new Reporter<>(options.listener());
        connector = new TcpConnector(
                options.connectTimeout(),
                new Lookup(InetAddress::getAllByName),
                Timer.system(),
                layer(options.tlsFrom()));
        terms = new Terms(
                options.maxHeaderBytes(),
                options.allowEmptyAnswer(),
                Duration.ZERO,
                options.idleTimeout(),
                Timer.system(),
                work -> Threads.unstarted(name + "-reader", work));
    }

    private static TcpConnector.Layer layer(@Nullable Supplier<SSLContext> tls) {
        return tls == null
                ? (connection, server) -> connection
                : (connection, server) -> Tls.client(connection, tls, server.host(), server.port());
    }

    /** Makes a client, which is connecting. */
    public static Client start(ClientOptions options, Handler handler) {
        Client client = new Client(options, handler);
        CompletableFuture<Void> unused = client.completion.whenComplete((done, failure) -> client.close());
        KeepAlive.hold();
        try {
            Threads.run(client.name, client::run);
        } catch (OutOfMemoryError e) {
            // the system makes no more threads
            KeepAlive.release();
            throw e;
        }
        return client;
    }

    private void run() {
        runner = Thread.currentThread();
        try {
            live();
        } finally {
            runner = null;
            ended = true;
            monitor.signal();
        }
    }

    private void live() {
        Throwable failure;
        try {
            failure = loop().run();
        } catch (InterruptedException e) {
            failure = closedFailure();
        } catch (Throwable e) {
            failure = e;
        }
        closing.set(true);
        letGo();
        report(new ClientEvent.Closed());
        if (failure == null) {
            completion.complete(null);
        } else {
            completion.completeExceptionally(failure);
        }
        KeepAlive.release();
    }

    private ReconnectLoop loop() {
        return new ReconnectLoop(
                options,
                new Policy(options, () -> ThreadLocalRandom.current().nextDouble()),
                this::attempt,
                this::await,
                this::report,
                closing::get);
    }

    private @Nullable Throwable closedFailure() {
        return options.reconnect() == Reconnect.ALWAYS
                ? null
                : new CancellationException("the client was closed before its exchange was complete");
    }

    private Outcome attempt(ServerAddress server, Runnable connected) throws IOException, InterruptedException {
        Exchange made = new Exchange(connector.connect(server), terms);
        exchange = made;
        try {
            if (closing.get()) {
                made.cancel("the client was closed");
            } else {
                connected.run();
            }
            return made.run(() -> handle(made));
        } finally {
            exchange = null;
        }
    }

    private void handle(Exchange made) throws Exception {
        if (!closing.get()) {
            handler.handle(made.outgoing(), made.incoming());
        }
    }

    private void await(Duration delay) throws InterruptedException {
        monitor.await(() -> retryNow || closing.get(), Waits.nanos(delay));
    }

    /** Every event is a step of the state, seen before the listener is. */
    private void report(ClientEvent event) {
        if (event instanceof ClientEvent.Connecting) {
            state = State.CONNECTING;
        } else if (event instanceof ClientEvent.Connected) {
            state = State.CONNECTED;
        } else if (event instanceof ClientEvent.Waiting) {
            retryNow = false;
            state = State.WAITING;
        } else if (event instanceof ClientEvent.Closed) {
            state = State.CLOSED;
        }
        if (event instanceof ClientEvent.GaveUp gaveUp && !(gaveUp.cause() instanceof RestreamException)) {
            reporter.reportBug("a client's handler or back-off failed", gaveUp.cause(), event);
        } else if (event instanceof ClientEvent.Failed
                || event instanceof ClientEvent.Lost
                || event instanceof ClientEvent.Waiting) {
            reporter.reportNotice(event);
        } else {
            reporter.report(event);
        }
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void retryNow() {
        if (state == State.WAITING) {
            retryNow = true;
            monitor.signal();
        }
    }

    @Override
    public CompletableFuture<Void> completion() {
        return completion;
    }

    @Override
    public void close() {
        boolean own = isRunByCaller();
        if (closing.compareAndSet(false, true)) {
            monitor.signal();
            Exchange running = exchange;
            if (running != null) {
                running.cancel("the client was closed");
            }
            interrupt();
        }
        if (!own) {
            awaitEnd();
        }
    }

    /** A handler or listener of ours that closes must not wait for itself. */
    private boolean isRunByCaller() {
        Exchange running = exchange;
        return Thread.currentThread() == runner || (running != null && running.isRunByCaller());
    }

    private synchronized void interrupt() {
        Thread running = runner;
        if (!letGo && running != null && running != Thread.currentThread()) {
            running.interrupt();
        }
    }

    /** An interrupt was meant for what has ended now, not for the listener that hears of it. */
    private synchronized void letGo() {
        letGo = true;
        Thread.interrupted();
    }

    private void awaitEnd() {
        try {
            monitor.await(() -> ended, CLOSE_WAIT.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
