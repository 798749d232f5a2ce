package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Large direct buffers, which a connection has only while much moves. Some are kept for the next that needs one. */
final class Buffers {
    /** What is read or written at a time, at most; and a frame that does not end before. */
    static final int BYTES = 65 * 1024;

    private static final int KEPT = 32;

    private static final ConcurrentLinkedDeque<ByteBuffer> FREE = new ConcurrentLinkedDeque<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Buffers() {}

    static ByteBuffer take() {
        @Nullable ByteBuffer free = FREE.poll();
        if (free == null) {
            return ByteBuffer.allocateDirect(BYTES);
        }
        COUNT.decrementAndGet();
        return free.clear();
    }

    /** Nobody uses it any more. */
    static void give(ByteBuffer buffer) {
        if (COUNT.get() < KEPT) {
            COUNT.incrementAndGet();
            FREE.add(buffer);
        }
    }
}
