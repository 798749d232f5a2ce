package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Large direct buffers, which a connection has only while much moves. Some are kept for the next that needs one. */
final class Buffers {
    /** What is read at a time, at most; and a frame that does not end before. */
    static final int BYTES = 65 * 1024;
    /** What is written at a time, at most. To wake a writer costs as much for one frame as for four. */
    static final int WRITE_BYTES = 4 * BYTES;
    /** A process has no more of the largest ones: connections may hold them for as long as their peers read nothing. */
    static final int MAX_WRITE_BUFFERS = 16;

    private static final Pool<ByteBuffer> POOL = new Pool<>(32);
    private static final Pool<ByteBuffer> WRITE_POOL = new Pool<>(MAX_WRITE_BUFFERS);
    private static final Semaphore WRITE_BUFFERS = new Semaphore(MAX_WRITE_BUFFERS);

    private Buffers() {}

    static ByteBuffer take() {
        return take(POOL, BYTES);
    }

    /** One to write from; a smaller one where all of the largest are in use. */
    static ByteBuffer takeToWrite() {
        if (!WRITE_BUFFERS.tryAcquire()) {
            return take();
        }
        try {
            return take(WRITE_POOL, WRITE_BYTES);
        } catch (Throwable e) {
            // no memory: the next one may try again
            WRITE_BUFFERS.release();
            throw e;
        }
    }

    private static ByteBuffer take(Pool<ByteBuffer> pool, int bytes) {
        @Nullable ByteBuffer free = pool.take();
        return free == null ? ByteBuffer.allocateDirect(bytes) : free.clear();
    }

    /** Nobody uses it any more. */
    static void give(ByteBuffer buffer) {
        if (buffer.capacity() == WRITE_BYTES) {
            WRITE_POOL.give(buffer);
            WRITE_BUFFERS.release();
        } else {
            POOL.give(buffer);
        }
    }
}
