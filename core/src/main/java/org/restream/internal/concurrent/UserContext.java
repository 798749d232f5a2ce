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
        return new InContext(loader, work);
    }

    /** A class, because a lambda has two frames more on the stack of each thread that waits in the work. */
    private record InContext(@Nullable ClassLoader loader, Runnable work) implements Runnable {
        @Override
        public void run() {
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

    /** Runs the work with this context; afterwards the calling thread has its own context again. */
    public void run(Runnable work) {
        new InContext(loader, work).run();
    }
}
