package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Large direct buffers, which a connection has only while much moves. Some are kept for the next that needs one. */
final class Buffers {
    /** Of these there are as many as are needed. */
    static final int BYTES = 65 * 1024;
    /** What is read at a time, at most. */
    static final int READ_BYTES = 4 * BYTES;
    /** What is written at a time, at most. To wake a writer costs as much for one frame as for eight. */
    static final int WRITE_BYTES = 8 * BYTES;
    /** A process has no more of the largest ones, of either kind: connections may hold them for as long as their peers do nothing. */
    static final int MOST_OF_LARGEST = 16;

    private static final Pool<ByteBuffer> POOL = new Pool<>(32);
    private static final Largest TO_READ = new Largest(READ_BYTES, MOST_OF_LARGEST);
    private static final Largest TO_WRITE = new Largest(WRITE_BYTES, MOST_OF_LARGEST);

    private Buffers() {}

    static ByteBuffer take() {
        return take(POOL, BYTES);
    }

    /** One to read into; a smaller one where all of the largest are in use. */
    static ByteBuffer takeToRead() {
        return TO_READ.take();
    }

    /** One to write from; a smaller one where all of the largest are in use. */
    static ByteBuffer takeToWrite() {
        return TO_WRITE.take();
    }

    private static ByteBuffer take(Pool<ByteBuffer> pool, int bytes) {
        @Nullable ByteBuffer free = pool.take();
        return free == null ? ByteBuffer.allocateDirect(bytes) : free.clear();
    }

    /** Nobody uses it any more. */
    static void give(ByteBuffer buffer) {
        switch (buffer.capacity()) {
            case READ_BYTES -> TO_READ.give(buffer);
            case WRITE_BYTES -> TO_WRITE.give(buffer);
            default -> POOL.give(buffer);
        }
    }

    /** Buffers of which there are only a few. */
    static final class Largest {
        private final int bytes;
        private final Pool<ByteBuffer> pool;
        private final Semaphore left;

        Largest(int bytes, int most) {
            this.bytes = bytes;
            pool = new Pool<>(most);
            left = new Semaphore(most);
        }

        ByteBuffer take() {
            if (!left.tryAcquire()) {
                return Buffers.take();
            }
            try {
                return Buffers.take(pool, bytes);
            } catch (Throwable e) {
                // no memory: the next one may try again
                left.release();
                throw e;
            }
        }

        void give(ByteBuffer unused) {
            pool.give(unused);
            left.release();
        }
    }
}
