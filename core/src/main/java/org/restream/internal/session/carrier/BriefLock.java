package org.restream.internal.session.carrier;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that is held for less than a microsecond, as a rule: who finds it taken looks again for a moment before it waits, since to
 * park a thread takes longer than that.
 */
final class BriefLock {
    private static final int SPINS = 200;

    private final ReentrantLock lock = new ReentrantLock();

    void lock() {
        for (int i = 0; i < SPINS; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }
}
