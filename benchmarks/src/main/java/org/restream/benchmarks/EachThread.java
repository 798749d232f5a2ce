package org.restream.benchmarks;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Runs everything on a thread of its own, a virtual one if the JVM has them. */
public final class EachThread {
    public static final Executor EXECUTOR = executor();

    private EachThread() {}

    private static Executor executor() {
        try {
            Method virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return (Executor) virtual.invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newCachedThreadPool();
        }
    }
}
