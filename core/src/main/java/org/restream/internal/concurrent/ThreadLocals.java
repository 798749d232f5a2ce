package org.restream.internal.concurrent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Clears the thread-locals that a user's code has left on a thread, as the JDK's own pools do, so that other work does
 * not see them. For Java 17 to 20, where platform threads are reused; there is no other way there. {@code
 * sun.misc.Unsafe} is in every JDK of these versions (module jdk.unsupported), but javac warns about it, so it is
 * called by reflection.
 */
final class ThreadLocals {
    private static final @Nullable MethodHandle CLEAR = findClear();

    private ThreadLocals() {}

    /** Whether {@link #clear} does anything. */
    static boolean canBeCleared() {
        return CLEAR != null;
    }

    /** Clears the thread-locals of the calling thread. */
    static void clear() {
        if (CLEAR == null) {
            return;
        }
        try {
            CLEAR.invoke(Thread.currentThread());
        } catch (Throwable e) {
            throw new LinkageError("can't clear thread-locals", e);
        }
    }

    /** {@code thread -> unsafe.putObject(thread, offset, null)}. */
    private static @Nullable MethodHandle findClear() {
        if (Runtime.version().feature() > 20) {
            return null;
        }
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            Object unsafe = instance.get(null);
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle offset =
                    lookup.findVirtual(type, "objectFieldOffset", MethodType.methodType(long.class, Field.class));
            long at = (long) offset.invoke(unsafe, Thread.class.getDeclaredField("threadLocals"));
            MethodHandle put = lookup.findVirtual(
                    type, "putObject", MethodType.methodType(void.class, Object.class, long.class, Object.class));
            return MethodHandles.insertArguments(MethodHandles.insertArguments(put, 2, at, null), 0, unsafe);
        } catch (Throwable e) {
            return null;
        }
    }
}
