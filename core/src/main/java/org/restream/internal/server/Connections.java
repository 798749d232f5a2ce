package org.restream.internal.server;

import java.net.InetAddress;
import java.util.concurrent.Semaphore;
import org.restream.internal.concurrent.Monitor;

/** The places for a server's connections, all in all and of one address. Its only owner: what takes a place gives it back here. */
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

    /** Takes a place, as soon as there is one; false where there will be none any more. One thread at a time waits. */
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

    /** Takes a place, if there is one now. */
    boolean tryPlace() {
        return !closed && room.tryAcquire();
    }

    /** A place that was taken is free again. */
    void freePlace() {
        room.release();
        if (awaited) {
            monitor.signal();
        }
    }

    /** Counts a connection of that address, if it may have one more; then {@link #leave} must follow. */
    boolean enter(InetAddress address) {
        return byAddress.enter(address);
    }

    void leave(InetAddress address) {
        byAddress.leave(address);
    }

    /** There are no more places: who waits for one goes on. */
    void close() {
        closed = true;
        monitor.signal();
    }
}
