package org.restream.internal.concurrent;

import org.jspecify.annotations.Nullable;

/** What a user's code finds on a thread of ours: the context class loader of whoever has made the client or server. */
public final class UserContext {
    private final @Nullable ClassLoader loader;

    private UserContext(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    /** The calling thread's. */
    public static UserContext current() {
        return new UserContext(Thread.currentThread().getContextClassLoader());
    }

    /** The work, with this context; its thread has none of it afterwards. */
    public Runnable around(Runnable work) {
        return () -> run(work);
    }

    /** Runs the work, with this context; the calling thread has none of it afterwards. */
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
