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

/** Threads, and moments at which something is done. */
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

    /** Nobody waits for it; where a connection or a stream fails under it, it has ended. */
    static void start(Work work) {
        startAfter(0, work);
    }

    static void startAfter(long millis, Work work) {
        whenDone(after(millis, work), Later::tell);
    }

    /** What is to be done then; given null, or what it failed with. */
    static <T> void whenDone(CompletableFuture<T> work, Consumer<Throwable> then) {
        CompletableFuture<T> unused = work.whenComplete((done, e) -> then.accept(e));
    }

    private static void tell(Throwable e) {
        if (e != null && !(e instanceof IOException) && !(e instanceof UncheckedIOException)) {
            e.printStackTrace();
        }
    }

    /** Its failure is that of what is returned. */
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

    /** Looks again and again until something is so; for what tells nobody. */
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

    /** Waits, so long at most; whether it is done. */
    static boolean isDone(CompletableFuture<?> work, long millis) throws Exception {
        try {
            work.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
