package org.restream.internal.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.net.Connection;
import org.restream.internal.net.ListeningSocket;

/**
 * Accepts connections while there is room for them: beyond it they wait in the system's backlog. It ends when the socket is
 * closed and a permit and a signal are given after that.
 */
final class Acceptor implements Runnable {
    /** After a failure to accept, for want of descriptors say, which would come again at once. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ListeningSocket socket;
    private final Semaphore room;
    private final Monitor monitor;
    private final Consumer<Connection> accepted;
    private final Consumer<Throwable> failed;

    /**
     * Makes one.
     *
     * @param room a permit for each connection; taken here, given back by who serves it
     * @param monitor is signalled when the socket is closed
     */
    Acceptor(
            ListeningSocket socket,
            Semaphore room,
            Monitor monitor,
            Consumer<Connection> accepted,
            Consumer<Throwable> failed) {
        this.socket = socket;
        this.room = room;
        this.monitor = monitor;
        this.accepted = accepted;
        this.failed = failed;
    }

    @Override
    public void run() {
        try {
            while (socket.isOpen()) {
                room.acquire();
                acceptOne();
            }
        } catch (InterruptedException e) {
            // nobody of ours does that
        }
    }

    private void acceptOne() throws InterruptedException {
        Connection connection;
        try {
            connection = socket.accept();
        } catch (IOException | Error e) {
            // without descriptors even a class may not be found
            room.release();
            if (socket.isOpen()) {
                tell(e);
                monitor.await(() -> !socket.isOpen(), PAUSE.toNanos());
            }
            return;
        }
        accepted.accept(connection);
    }

    private void tell(Throwable failure) {
        try {
            failed.accept(failure);
        } catch (Error e) {
            // nobody hears of it now; accepting goes on when there is room again
            failure.addSuppressed(e);
        }
    }
}
