package org.restream.internal.concurrent;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads wait for a condition. What the condition reads must be volatile, and each change must be signalled. As a rule nobody
 * waits, and then neither side takes the lock: who waits is counted before the condition is checked, and a change is made before the
 * count is.
 */
public final class Monitor {
    private final ReentrantLock lock = new ReentrantLock();
    /** Made by the first that waits: nearly always nobody does, and there is a monitor for each connection. */
    private @Nullable Condition changed;
    /** How many wait, or are about to. It changes under the lock only. */
    private volatile int waiting;

    /** Signals a change: waiting threads check their conditions again. */
    public void signal() {
        if (waiting == 0) {
            return;
        }
        lock.lock();
        try {
            if (changed != null) {
                changed.signalAll();
            }
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
        Condition signalled = begin();
        try {
            while (!condition.getAsBoolean()) {
                signalled.await();
            }
        } finally {
            end();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the lock is held
    private Condition begin() {
        lock.lock();
        waiting++;
        Condition made = changed;
        if (made == null) {
            made = lock.newCondition();
            changed = made;
        }
        return made;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the lock is held
    private void end() {
        waiting--;
        lock.unlock();
    }

    /** Waits until the condition holds; interrupts don't end the wait. */
    public void awaitUninterruptibly(BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            return;
        }
        Condition signalled = begin();
        try {
            while (!condition.getAsBoolean()) {
                signalled.awaitUninterruptibly();
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
        Condition signalled = begin();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = signalled.awaitNanos(left);
            }
            return true;
        } finally {
            end();
        }
    }
}
