package org.restream.internal.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.restream.internal.link.Link;

/**
 * Holds bytes that were read and not consumed yet. It is small at first, grows while much data arrives, and shrinks
 * again.
 */
final class ReadBuffer {
    /** Enough for what most peers send first. */
    private static final int FIRST_BYTES = 1024;
    /** The size for a connection with little traffic. */
    private static final int MIN_BYTES = 256;

    private static final int MAX_BYTES = 64 * 1024;
    private static final int FACTOR = 4;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES).flip();

    /** The bytes; consuming them moves the position. */
    ByteBuffer bytes() {
        return bytes;
    }

    int capacity() {
        return bytes.capacity();
    }

    /**
     * Waits for more bytes, when all are consumed.
     *
     * @return the number of bytes read; -1 at the peer's clean end
     */
    int fill(Link link) throws IOException {
        bytes.clear();
        try {
            return link.read(bytes);
        } finally {
            bytes.flip();
        }
    }

    /** Adapts the size to the last read, when all bytes are consumed. */
    void adapt(int lastRead) {
        int size = bytes.capacity();
        if (lastRead == size && size < MAX_BYTES) {
            size *= FACTOR;
        } else if (lastRead < size / (2 * FACTOR) && size > MIN_BYTES) {
            size /= FACTOR;
        } else {
            return;
        }
        bytes = ByteBuffer.allocate(size).flip();
    }
}
