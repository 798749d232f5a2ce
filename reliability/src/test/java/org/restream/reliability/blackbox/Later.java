package org.restream.reliability.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Runs work on threads, and at later times. */
final class Later {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "blackbox");
        thread.setDaemon(true);
        return thread;
    });

    private Later() {}

    interface Work {
        void run() throws Exception;
    }

    /** Starts work for which nobody waits; if its connection or stream fails, it just ends. */
    static void start(Work work) {
        startAfter(0, work);
    }

    static void startAfter(long millis, Work work) {
        whenDone(after(millis, work), Later::tell);
    }

    /** Runs an action afterwards, with null or the failure. */
    static <T> void whenDone(CompletableFuture<T> work, Consumer<Throwable> then) {
        CompletableFuture<T> unused = work.whenComplete((done, e) -> then.accept(e));
    }

    private static void tell(Throwable e) {
        if (e != null && !(e instanceof IOException) && !(e instanceof UncheckedIOException)) {
            e.printStackTrace();
        }
    }

    /** Runs work after a delay; its failure is that of the returned future. */
    static CompletableFuture<Void> after(long millis, Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Executor executor =
                millis == 0 ? THREADS : CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, THREADS);
        executor.execute(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** Polls until the condition holds, for conditions without a notification. */
    static CompletableFuture<Void> until(BooleanSupplier condition) {
        CompletableFuture<Void> so = new CompletableFuture<>();
        look(condition, so);
        return so;
    }

    private static void look(BooleanSupplier condition, CompletableFuture<Void> so) {
        CompletableFuture<Void> looked = after(0, () -> {
            if (condition.getAsBoolean()) {
                so.complete(null);
            } else if (!so.isDone()) {
                CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS, THREADS)
                        .execute(() -> look(condition, so));
            }
        });
        whenDone(looked, e -> {
            if (e != null) {
                so.completeExceptionally(e);
            }
        });
    }

    /** Waits up to the given time; returns whether the work is done. */
    static boolean isDone(CompletableFuture<?> work, long millis) throws Exception {
        try {
            work.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
