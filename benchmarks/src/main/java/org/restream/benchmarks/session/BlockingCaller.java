package org.restream.benchmarks.session;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A client whose exchanges block; each loop has a thread, a virtual one if the JVM has them. */
public abstract class BlockingCaller implements Caller {
    private static final ExecutorService THREADS = threads();

    private static ExecutorService threads() {
        try {
            Method virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return (ExecutorService) virtual.invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newCachedThreadPool();
        }
    }

    @Override
    public final void loop(Loop loop) {
        THREADS.execute(() -> {
            while (loop.more()) {
                long began = System.nanoTime();
                loop.ended(began, failure());
            }
            loop.over();
        });
    }

    private @Nullable Throwable failure() {
        try {
            once();
            return null;
        } catch (Exception | Error e) {
            return e;
        }
    }
}
