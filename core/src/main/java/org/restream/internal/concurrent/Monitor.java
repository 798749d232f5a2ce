package org.restream.internal.concurrent;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lets threads wait for a condition. What the condition reads must be volatile, and each change must be signalled. As a rule nobody
 * waits, and then neither side takes the lock: who waits is counted before the condition is checked, and a change is made before the
 * count is.
 */
public final class Monitor {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** How many wait, or are about to. */
    private final AtomicInteger waiting = new AtomicInteger();

    /** Signals a change: waiting threads check their conditions again. */
    public void signal() {
        if (waiting.get() == 0) {
            return;
        }
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the condition holds. If it holds already, the thread's interrupt flag is neither checked nor changed,
     * because on a thread of the user it may have another meaning.
     */
    public void await(BooleanSupplier condition) throws InterruptedException {
        if (condition.getAsBoolean()) {
            return;
        }
        begin();
        try {
            while (!condition.getAsBoolean()) {
                changed.await();
            }
        } finally {
            end();
        }
    }

    private void begin() {
        waiting.incrementAndGet();
        lock.lock();
    }

    private void end() {
        lock.unlock();
        waiting.decrementAndGet();
    }

    /** Waits until the condition holds; interrupts don't end the wait. */
    public void awaitUninterruptibly(BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            return;
        }
        begin();
        try {
            while (!condition.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            end();
        }
    }

    /**
     * Waits until the condition holds or the time is over. Checks the condition first, like {@link
     * #await(BooleanSupplier)}.
     *
     * @return whether it holds
     */
    public boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
        long left = nanos;
        if (condition.getAsBoolean()) {
            return true;
        }
        begin();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            end();
        }
    }
}
