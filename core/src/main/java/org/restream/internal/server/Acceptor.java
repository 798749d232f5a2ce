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
 * Accepts connections while there is room for them: beyond it they wait in the system's backlog. A {@link Dispatcher}
 * decides on which thread each is served. It ends when the socket and the places are closed, and {@link #wake} is called after that.
 */
final class Acceptor implements Runnable {
    /** "false": each connection is always served by a thread of its own. */
    private static final boolean BATCHES =
            !System.getProperty("org.restream.batches", "true").equals("false");
    /** After a failure to accept, for want of descriptors say, which would come again at once. */
    private static final Duration RETRY_DELAY = Duration.ofMillis(100);

    private final ListeningSocket socket;
    private final Connections connections;
    private final Consumer<Throwable> acceptFailed;
    private final Dispatcher dispatcher;
    private final Monitor monitor = new Monitor();

    /**
     * @param connections a place for each connection; taken here, given back by who serves it
     * @param service serves what is accepted
     * @param acceptFailed is told why a connection can't be accepted
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
                // never interrupted by this library: it looks again
            } catch (Throwable e) {
                // without descriptors even a class may not be found
                pauseAfter(e);
            }
        }
    }

    /** Looks again whether the socket is open. */
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
            // it comes again when the acceptor tries, which tells of it
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
            // never interrupted by this library: the pause is shorter
        } catch (Throwable e) {
            // nobody hears of it now; accepting goes on when there is room again
            failure.addSuppressed(e);
        }
    }
}
