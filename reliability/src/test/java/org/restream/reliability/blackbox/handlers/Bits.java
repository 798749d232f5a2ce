package org.restream.reliability.blackbox.handlers;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** What programs are made of. */
final class Bits {
    private Bits() {}

    interface Work {
        void run() throws Exception;
    }

    static String half(String text) {
        return text.substring(0, text.length() / 2);
    }

    /** What handlers do that wait for something that is not the peer. */
    static void nap(long millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** In a thread of its own; what it throws is thrown by who waits for it. */
    static CompletableFuture<Void> elsewhere(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        handOver(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** In a thread of its own, for which nobody waits. */
    static void handOver(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                // as in any thread of a user's: nobody is told
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
