package org.restream.internal.concurrent;

/**
 * Marks threads while they run handlers and listeners of a server or client: one of these that closes its owner must not wait
 * for itself.
 */
public final class Owned {
    private static final ThreadLocal<Object> OWNER = new ThreadLocal<>();

    private Owned() {}

    /** The work, marked as the owner's. */
    public static Runnable by(Object owner, Runnable work) {
        return () -> {
            OWNER.set(owner);
            try {
                work.run();
            } finally {
                OWNER.remove();
            }
        };
    }

    /** Whether the calling thread does work of the owner. */
    public static boolean isBy(Object owner) {
        return OWNER.get() == owner;
    }
}
