package org.restream.internal.server;

import java.net.InetAddress;
import java.util.concurrent.Semaphore;
import org.restream.internal.concurrent.Monitor;

/**
 * Counts a server's connections, in total and for each address, against their limits. Every place is taken and given
 * back here.
 */
final class Connections {
    private final Semaphore room;
    private final ConnectionsByAddress byAddress;
    private final Monitor monitor = new Monitor();
    private volatile boolean awaited;
    private volatile boolean closed;

    Connections(int most, int mostOfAddress) {
        room = new Semaphore(most);
        byAddress = new ConnectionsByAddress(mostOfAddress);
    }

    /** Takes a place, as soon as one is free; false if they are closed. Only one thread at a time may wait. */
    boolean awaitPlace() throws InterruptedException {
        while (!closed) {
            if (room.tryAcquire()) {
                return true;
            }
            awaited = true;
            try {
                monitor.await(() -> closed || room.availablePermits() > 0);
            } finally {
                awaited = false;
            }
        }
        return false;
    }

    /** Takes a place if one is free now. */
    boolean tryPlace() {
        return !closed && room.tryAcquire();
    }

    /** Gives a place back. */
    void freePlace() {
        room.release();
        if (awaited) {
            monitor.signal();
        }
    }

    /** Counts a connection of that address if it may have one more; {@link #leave} must follow then. */
    boolean enter(InetAddress address) {
        return byAddress.enter(address);
    }

    void leave(InetAddress address) {
        byAddress.leave(address);
    }

    /** Closes it: there are no more places, and a thread that waits for one goes on. */
    void close() {
        closed = true;
        monitor.signal();
    }
}
