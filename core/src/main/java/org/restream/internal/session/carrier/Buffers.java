package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Large direct buffers, which a connection has only while much moves. Some are kept for the next that needs one. */
final class Buffers {
    /** What is read or written at a time, at most; and a frame that does not end before. */
    static final int BYTES = 65 * 1024;

    private static final Pool<ByteBuffer> POOL = new Pool<>(32);

    private Buffers() {}

    static ByteBuffer take() {
        @Nullable ByteBuffer free = POOL.take();
        return free == null ? ByteBuffer.allocateDirect(BYTES) : free.clear();
    }

    /** Nobody uses it any more. */
    static void give(ByteBuffer buffer) {
        POOL.give(buffer);
    }
}
