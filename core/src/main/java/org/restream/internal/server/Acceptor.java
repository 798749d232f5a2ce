package org.restream.internal.server;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.net.ListeningSocket;
import org.restream.internal.net.TcpConnection;

/**
 * Accepts connections while there is room for them: beyond it they wait in the system's backlog. Each is served by a thread of
 * its own; where several wait at once, and handlers return soon, one thread serves them by turns, see {@link Turn}. It ends when
 * the socket and the places are closed, and {@link #wake} is called after that.
 */
final class Acceptor implements Runnable {
    /** After a failure to accept, for want of descriptors say, which would come again at once. */
    private static final Duration RETRY_DELAY = Duration.ofMillis(100);

    /** Who serves what is accepted, and hears of what can't be. */
    interface Service {
        /** Serves it on the calling thread, and returns when it has ended. */
        void serve(TcpConnection connection);

        /** Has it served by a thread of its own. */
        void start(TcpConnection connection);

        /** Runs it on a thread that is not the caller's. */
        void run(Turn turn);

        void acceptFailed(Throwable cause);
    }

    private final ListeningSocket socket;
    private final Connections connections;
    private final Service service;
    private final Monitor monitor = new Monitor();
    private final Pace pace = new Pace(Timer.system()::nanoTime);
    private final Turns turns;

    /**
     * @param connections a place for each connection; taken here, given back by who serves it
     */
    Acceptor(ListeningSocket socket, Connections connections, Service service) {
        this.socket = socket;
        this.connections = connections;
        this.service = service;
        turns = new Turns(pace, monitor, socket::isOpen);
    }

    @Override
    public void run() {
        while (socket.isOpen()) {
            try {
                turns.await();
                if (turns.isEmpty()) {
                    socket.await();
                }
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
            more = socket.isWaitedAt();
            if (more && pace.allowsTurns()) {
                service.run(turns.begin(connection, this::acceptIfRoom, service::serve));
                return;
            }
            service.start(connection);
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
            service.acceptFailed(failure);
            monitor.await(() -> !socket.isOpen(), RETRY_DELAY.toNanos());
        } catch (InterruptedException e) {
            // never interrupted by this library: the pause is shorter
        } catch (Throwable e) {
            // nobody hears of it now; accepting goes on when there is room again
            failure.addSuppressed(e);
        }
    }
}
