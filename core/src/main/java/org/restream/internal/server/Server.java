package org.restream.internal.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.internal.concurrent.JvmHold;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.event.EventReporter;
import org.restream.internal.jfr.Flight;
import org.restream.internal.net.ListeningSocket;

/** A server: NEW, then LISTENING, then CLOSING while exchanges end, then CLOSED. */
public final class Server implements RestreamServer {
    private enum State {
        NEW,
        LISTENING,
        CLOSING,
        CLOSED
    }

    /** How long {@code close} waits for a listener that another thread calls with the last event. */
    private static final Duration TOLD_WAIT = Duration.ofSeconds(5);

    private final ServerOptions options;
    private final EventReporter<ServerEvent> reporter;
    private final Connections connections;
    private final Exchanges exchanges;
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    /** Open once the last event has been reported. */
    private final CountDownLatch told = new CountDownLatch(1);

    private volatile @Nullable ListeningSocket socket;
    private volatile @Nullable Acceptor acceptor;

    public Server(ServerOptions options, Handler handler) {
        this(options, handler, Threads::run);
    }

    /**
     * @param threads runs work on a thread with that name; throws an OutOfMemoryError if none can be created
     */
    Server(ServerOptions options, Handler handler, BiConsumer<String, Runnable> threads) {
        this.options = options;
        reporter = new EventReporter<>(options.listener(), Flight.ofServer());
        connections = new Connections(options.maxConnections(), options.maxConnectionsPerAddress());
        exchanges = new Exchanges(options, handler, reporter, threads, connections, this::isListening);
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
            throw new IllegalStateException("a server can listen only once, and this one is " + state.get());
        }
        ListeningSocket opened = ListeningSocket.open(where.host(), where.port());
        // before the state changes, for a close at the same time
        socket = opened;
        if (!state.compareAndSet(State.NEW, State.LISTENING)) {
            opened.close();
            throw new IllegalStateException("the server was closed");
        }
        JvmHold.hold();
        reporter.report(new ServerEvent.Listening(opened.address()));
        Acceptor begun = new Acceptor(opened, connections, exchanges, exchanges::acceptFailed);
        acceptor = begun;
        Threads.platform(
                        threadName(opened.address().getPort()),
                        exchanges.listening().around(begun))
                .start();
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

    static String threadName(Object of) {
        return "restream-server-" + of;
    }

    @Override
    public void close() {
        close(options.closeGrace());
    }

    @Override
    public void close(Duration grace) {
        Duration checked = options.closeGrace(grace).closeGrace();
        if (state.compareAndSet(State.NEW, State.CLOSED)) {
            told.countDown();
        }
        if (told.getCount() == 0) {
            return;
        }
        if (state.compareAndSet(State.LISTENING, State.CLOSING)) {
            stopListening();
        }
        // a handler or listener of this server that calls close must not wait for itself
        if (exchanges.areRunByCaller() || reporter.isReporting()) {
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
        connections.close();
        Acceptor begun = acceptor;
        if (begun != null) {
            begun.wake();
        }
    }

    private void endExchanges(Duration grace) {
        boolean interrupted = exchanges.end(grace);
        if (state.compareAndSet(State.CLOSING, State.CLOSED)) {
            JvmHold.release();
            reportClosed();
        }
        // another thread reports the end; the caller may exit the JVM as soon as this returns, so wait for the report
        if (awaitTold() || interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reports the last events, on another thread, because a listener may not return. */
    private void reportClosed() {
        Threads.start("restream-server-close", exchanges.inContext(() -> {
            exchanges.giveUp();
            reporter.report(new ServerEvent.Closed());
            told.countDown();
        }));
    }

    /** Returns whether the calling thread was interrupted meanwhile. */
    private boolean awaitTold() {
        try {
            boolean unused = told.await(TOLD_WAIT.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
