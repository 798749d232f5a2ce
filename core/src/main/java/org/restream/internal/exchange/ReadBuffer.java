package org.restream.internal.exchange;

import java.nio.ByteBuffer;

/**
 * Holds bytes that were read and not consumed yet. It is small at first, grows while much data arrives, and shrinks
 * again.
 */
final class ReadBuffer {
    /** Enough for what most peers send first. */
    private static final int FIRST_BYTES = 1024;
    /** The size for a connection with little traffic. */
    private static final int MIN_BYTES = 128;

    private static final int MAX_BYTES = 64 * 1024;
    private static final int FACTOR = 4;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer bytes = NOTHING;
    private int size = FIRST_BYTES;
    private int lastRead;

    /** The bytes; consuming them moves the position. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** The most that the next fill reads. */
    int capacity() {
        return size;
    }

    /**
     * Room for more bytes, when all are consumed; {@link #filled} must follow. The caller reads into it, since each method is a
     * frame on the stack of a thread that waits for them.
     */
    ByteBuffer room() {
        if (bytes.capacity() != size) {
            bytes = ByteBuffer.allocate(size);
        }
        return bytes.clear();
    }

    /** There is what has come. */
    void filled() {
        bytes.flip();
        lastRead = bytes.remaining();
    }

    /** Takes bytes over that have come without a fill, when all others are consumed. */
    void replace(ByteBuffer came) {
        bytes = came;
    }

    /** Adapts the size to the last read, when all bytes are consumed. */
    void adapt() {
        if (lastRead == size && size < MAX_BYTES) {
            size *= FACTOR;
        } else if (lastRead < size / (2 * FACTOR) && size > MIN_BYTES) {
            size = Math.max(MIN_BYTES, size / FACTOR);
        }
    }
}
