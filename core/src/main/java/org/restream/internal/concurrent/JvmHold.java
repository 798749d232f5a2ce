package org.restream.internal.concurrent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the JVM alive while a server or client is open. Their threads are daemons, as virtual threads always are, and
 * the process must not end when {@code main} has only started them. There is one thread for all of them.
 */
public final class JvmHold {
    /** How long the thread stays for the next one: creating a thread takes longer than a short exchange. */
    private static final long STAYS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition NONE_OPEN = LOCK.newCondition();
    private static int open;
    private static boolean running;
    /** Nothing is open, and the thread is about to end. */
    private static boolean staying;

    private JvmHold() {}

    /** Counts one more that is open; {@link #release()} must follow. */
    public static void hold() {
        LOCK.lock();
        try {
            if (!running) {
                Thread thread = Threads.platform("restream-keep-alive", JvmHold::run);
                thread.setDaemon(false);
                thread.start();
                running = true;
            }
            open++;
        } finally {
            LOCK.unlock();
        }
    }

    /** Counts one that is closed. */
    public static void release() {
        LOCK.lock();
        try {
            if (--open == 0 && !staying) {
                NONE_OPEN.signal();
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static void run() {
        LOCK.lock();
        try {
            while (open > 0) {
                NONE_OPEN.awaitUninterruptibly();
                stay();
            }
        } finally {
            running = false;
            LOCK.unlock();
        }
    }

    private static void stay() {
        long left = STAYS_NANOS;
        staying = true;
        try {
            while (left > 0) {
                left = NONE_OPEN.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // nobody but the user's code can have interrupted this thread; it ends when nothing is open
        } finally {
            staying = false;
        }
    }
}
