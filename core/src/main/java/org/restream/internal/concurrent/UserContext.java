package org.restream.internal.concurrent;

import org.jspecify.annotations.Nullable;

/**
 * The context of a user's code on the library's threads: the context class loader of the thread that created the client
 * or server.
 */
public final class UserContext {
    private final @Nullable ClassLoader loader;

    private UserContext(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    /** The context of the calling thread. */
    public static UserContext current() {
        return new UserContext(Thread.currentThread().getContextClassLoader());
    }

    /** Wraps the work so that it runs with this context; afterwards its thread has its own context again. */
    public Runnable around(Runnable work) {
        return () -> run(work);
    }

    /** Runs the work with this context; afterwards the calling thread has its own context again. */
    public void run(Runnable work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
