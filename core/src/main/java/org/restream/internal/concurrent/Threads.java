package org.restream.internal.concurrent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Creates threads: virtual ones on Java 21 and newer, otherwise platform threads. All are daemons. */
public final class Threads {
    /**
     * "platform" turns virtual threads off, for short-lived processes: the poller threads of virtual threads stay in a
     * system call, and the JVM waits 300 ms for such threads when it exits.
     */
    private static final String KIND = System.getProperty("org.restream.threads", "virtual");

    private static final @Nullable MethodHandle VIRTUAL = KIND.equals("platform") ? null : findVirtual();

    private Threads() {}

    /** Whether the threads are virtual. */
    public static boolean virtual() {
        return VIRTUAL != null;
    }

    /** Creates a thread for blocking work, not started. */
    public static Thread unstarted(String name, Runnable work) {
        if (VIRTUAL == null) {
            return platform(name, work);
        }
        try {
            Thread thread = (Thread) VIRTUAL.invokeExact(work);
            thread.setName(name);
            return thread;
        } catch (Throwable e) {
            throw new LinkageError("can't make a virtual thread", e);
        }
    }

    /** Starts a thread for blocking work. */
    public static Thread start(String name, Runnable work) {
        Thread thread = unstarted(name, work);
        thread.start();
        return thread;
    }

    /** Runs short blocking work on a thread that does nothing else meanwhile. Platform threads are reused. */
    public static void run(String name, Runnable work) {
        if (VIRTUAL != null) {
            start(name, work);
            return;
        }
        if (!ThreadLocals.canBeCleared()) {
            platform(name, work).start();
            return;
        }
        Pool.THREADS.execute(() -> {
            Thread thread = Thread.currentThread();
            thread.setName(name);
            try {
                work.run();
            } finally {
                thread.setName(Pool.IDLE);
                clean();
            }
        });
    }

    /**
     * Removes what a user's code has left on the calling thread, which is reused, so that other work does not see it.
     */
    @SuppressWarnings("ThreadPriorityCheck") // resets what was set, and relies on nothing
    public static void clean() {
        Thread thread = Thread.currentThread();
        thread.setContextClassLoader(null);
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setUncaughtExceptionHandler(null);
        ThreadLocals.clear();
        Thread.interrupted();
    }

    /**
     * Creating a platform thread takes longer than a short exchange. A class of its own, so that the pool is created
     * lazily.
     */
    private static final class Pool {
        private static final String IDLE = "restream-idle";

        static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> platform(IDLE, work));
    }

    /**
     * Creates a platform thread for a long-lived loop, not started. It inherits nothing from the thread that creates
     * it.
     */
    @SuppressWarnings("ThreadPriorityCheck") // don't inherit the creator's priority
    public static Thread platform(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setContextClassLoader(null);
        return thread;
    }

    /**
     * {@code Thread.ofVirtual().inheritInheritableThreadLocals(false).unstarted(work)}, for sources that compile for
     * 17.
     */
    private static @Nullable MethodHandle findVirtual() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle inherit = lookup.findVirtual(
                    ofVirtual, "inheritInheritableThreadLocals", MethodType.methodType(ofVirtual, boolean.class));
            MethodHandle make = MethodHandles.filterReturnValue(
                    lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual)),
                    MethodHandles.insertArguments(inherit, 1, false));
            MethodHandle unstarted =
                    lookup.findVirtual(builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
            // () -> builder, then (builder, work) -> thread: (work) -> thread
            return MethodHandles.foldArguments(
                    unstarted.asType(unstarted.type().changeParameterType(0, ofVirtual)), make);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
