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

    /**
     * The calling thread gets this context, for work that can't be wrapped.
     *
     * @return its own, for {@link #leave}
     */
    public @Nullable ClassLoader enter() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        return before;
    }

    /** The calling thread gets its own context again. */
    public static void leave(@Nullable ClassLoader before) {
        Thread.currentThread().setContextClassLoader(before);
    }

    /** Wraps the work so that it runs with this context; afterwards its thread has its own context again. */
    public Runnable around(Runnable work) {
        return new InContext(this, work);
    }

    /** A class, because a lambda has two frames more on the stack of each thread that waits in the work. */
    private record InContext(UserContext context, Runnable work) implements Runnable {
        @Override
        public void run() {
            ClassLoader before = context.enter();
            try {
                work.run();
            } finally {
                leave(before);
            }
        }
    }

    /** Runs the work with this context; afterwards the calling thread has its own context again. */
    public void run(Runnable work) {
        new InContext(this, work).run();
    }
}
