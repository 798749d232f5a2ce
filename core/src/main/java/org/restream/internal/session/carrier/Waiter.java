package org.restream.internal.session.carrier;

import java.util.concurrent.locks.LockSupport;

/**
 * The calling thread, which is about to wait until whoever has the session's lock calls it. That it was called is kept here, since
 * what unparks it may be used up before it parks: by a lock of somebody else's that it has to wait for.
 */
final class Waiter {
    private final Thread thread = Thread.currentThread();
    private volatile boolean called;

    /** Under the lock. */
    void call(Wakes wakes) {
        called = true;
        wakes.wake(thread);
    }

    /** Waits until it is called, or interrupted. */
    void await() {
        while (!called && !thread.isInterrupted()) {
            LockSupport.park(this);
        }
    }
}
