package org.restream.internal.server;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.net.ListeningSocket;
import org.restream.internal.net.TcpConnection;
import org.restream.internal.server.dispatch.Batches;
import org.restream.internal.server.dispatch.ConnectionService;
import org.restream.internal.server.dispatch.Dispatcher;
import org.restream.internal.server.dispatch.ThreadPerConnection;

/**
 * Accepts connections up to the limit; further ones wait in the system's backlog. A {@link Dispatcher} decides which
 * thread serves each of them. It ends when the socket and the {@link Connections} are closed, and {@link #wake} is
 * called after that.
 */
final class Acceptor implements Runnable {
    /** "false" gives every connection, and every exchange of a session, a thread of its own. */
    static final boolean BATCHES =
            !System.getProperty("org.restream.batches", "true").equals("false");
    /** The wait after a failure to accept, which would repeat at once if no file descriptors are left, say. */
    private static final Duration RETRY_DELAY = Duration.ofMillis(100);

    private final ListeningSocket socket;
    private final Connections connections;
    private final Consumer<Throwable> acceptFailed;
    private final Dispatcher dispatcher;
    private final Monitor monitor = new Monitor();

    /**
     * @param connections the limit; a place is taken here, and given back by whoever serves the connection
     * @param service serves the accepted connections
     * @param acceptFailed is called with the reason if a connection can't be accepted
     */
    Acceptor(
            ListeningSocket socket,
            Connections connections,
            ConnectionService service,
            Consumer<Throwable> acceptFailed) {
        this.socket = socket;
        this.connections = connections;
        this.acceptFailed = acceptFailed;
        dispatcher = BATCHES
                ? new Batches(socket, service, this::acceptIfRoom, Timer.system()::nanoTime)
                : new ThreadPerConnection(socket, service);
    }

    @Override
    public void run() {
        while (socket.isOpen()) {
            try {
                dispatcher.await();
                acceptAll();
            } catch (InterruptedException e) {
                // never interrupted by this library; check again
            } catch (Throwable e) {
                // without file descriptors even loading a class may fail
                pauseAfter(e);
            }
        }
    }

    /** Makes the acceptor check again whether the socket is open. */
    void wake() {
        dispatcher.wake();
        monitor.signal();
    }

    private void acceptAll() throws IOException, InterruptedException {
        boolean more = true;
        while (more) {
            if (!connections.awaitPlace()) {
                return;
            }
            TcpConnection connection = acceptToPlace();
            if (connection == null) {
                return;
            }
            more = dispatcher.dispatch(connection);
        }
    }

    private @Nullable TcpConnection acceptIfRoom() {
        try {
            return connections.tryPlace() ? acceptToPlace() : null;
        } catch (IOException e) {
            // the acceptor will meet the same error, and reports it
            return null;
        }
    }

    private @Nullable TcpConnection acceptToPlace() throws IOException {
        TcpConnection connection = null;
        try {
            connection = socket.accept();
        } finally {
            if (connection == null) {
                connections.freePlace();
            }
        }
        return connection;
    }

    private void pauseAfter(Throwable failure) {
        if (!socket.isOpen()) {
            return;
        }
        try {
            acceptFailed.accept(failure);
            monitor.await(() -> !socket.isOpen(), RETRY_DELAY.toNanos());
        } catch (InterruptedException e) {
            // never interrupted by this library; the pause is only shorter
        } catch (Throwable e) {
            // it can't be reported now; accepting goes on when resources are available again
            failure.addSuppressed(e);
        }
    }
}
