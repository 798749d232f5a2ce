package org.restream.reliability.blackbox.handlers;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Building blocks of the programs. */
final class Bits {
    private Bits() {}

    interface Work {
        void run() throws Exception;
    }

    static String half(String text) {
        return text.substring(0, text.length() / 2);
    }

    /** Sleeps, like a handler that waits for something other than the peer. */
    static void nap(long millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Runs work on a thread of its own; the future fails with what it throws. */
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

    /** Runs work on a thread of its own, for which nobody waits. */
    static void handOver(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                // as on any thread of a user: the library does not see it
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
