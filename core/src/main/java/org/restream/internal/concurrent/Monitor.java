package org.restream.internal.concurrent;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Lets threads wait until something is so. What the condition reads must be volatile, and its changes signalled. */
public final class Monitor {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Something has changed: who waits looks again. */
    public void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the condition holds. Where it holds already, the thread's interrupt flag is neither asked nor changed: a
     * thread of the user's may carry one that means something else.
     */
    public void await(BooleanSupplier condition) throws InterruptedException {
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the condition holds, whoever interrupts. */
    public void awaitUninterruptibly(BooleanSupplier condition) {
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the condition holds, or so long; looks at the condition first, as {@link #await(BooleanSupplier)} does.
     *
     * @return whether it holds
     */
    public boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
