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
    /** Made by the first that waits: nearly always nobody does, and there is a monitor for each connection. */
    private volatile @Nullable Room room;

    /** Where threads wait. */
    private static final class Room {
        final ReentrantLock lock = new ReentrantLock();
        final Condition changed = lock.newCondition();
        /** How many wait, or are about to. It changes under the lock only. */
        volatile int waiting;
    }

    /** Signals a change: waiting threads check their conditions again. */
    public void signal() {
        Room made = room;
        if (made == null || made.waiting == 0) {
            return;
        }
        made.lock.lock();
        try {
            made.changed.signalAll();
        } finally {
            made.lock.unlock();
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
        Room entered = enter();
        try {
            while (!condition.getAsBoolean()) {
                entered.changed.await();
            }
        } finally {
            leave(entered);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the lock is held
    private Room enter() {
        Room made = room();
        made.lock.lock();
        made.waiting++;
        return made;
    }

    private Room room() {
        Room made = room;
        return made == null ? makeRoom() : made;
    }

    private synchronized Room makeRoom() {
        Room made = room;
        if (made == null) {
            made = new Room();
            room = made;
        }
        return made;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the lock is held
    private static void leave(Room entered) {
        entered.waiting--;
        entered.lock.unlock();
    }

    /** Waits until the condition holds; interrupts don't end the wait. */
    public void awaitUninterruptibly(BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            return;
        }
        Room entered = enter();
        try {
            while (!condition.getAsBoolean()) {
                entered.changed.awaitUninterruptibly();
            }
        } finally {
            leave(entered);
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
        Room entered = enter();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = entered.changed.awaitNanos(left);
            }
            return true;
        } finally {
            leave(entered);
        }
    }
}
