package org.restream.internal.concurrent;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive while a server or client is open: their threads are daemons, as virtual threads always are, and a
 * {@code main} that has only started them must not end the process. One thread for all.
 */
public final class KeepAlive {
    private static int open;
    private static @Nullable CountDownLatch last;

    private KeepAlive() {}

    /** One more is open; pair with {@link #release()}. */
    public static synchronized void hold() {
        if (open++ == 0) {
            CountDownLatch released = new CountDownLatch(1);
            last = released;
            Thread thread = new Thread(() -> await(released), "restream-keep-alive");
            thread.setDaemon(false);
            thread.start();
        }
    }

    /** One is closed. */
    public static synchronized void release() {
        if (--open == 0 && last != null) {
            last.countDown();
            last = null;
        }
    }

    private static void await(CountDownLatch released) {
        try {
            released.await();
        } catch (InterruptedException e) {
            // only somebody who wants the JVM to end interrupts a thread that is not theirs
            Thread.currentThread().interrupt();
        }
    }
}
