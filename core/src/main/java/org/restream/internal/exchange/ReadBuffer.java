package org.restream.internal.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.restream.internal.link.Link;

/** Bytes read and not yet taken. Small at first, grows while data flows, shrinks when little comes. */
final class ReadBuffer {
    /** Holds what most peers begin with. */
    private static final int FIRST_BYTES = 1024;
    /** Of a connection on which little is said. */
    private static final int MIN_BYTES = 256;

    private static final int MAX_BYTES = 64 * 1024;
    private static final int FACTOR = 4;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES).flip();

    /** What is there; its position moves as it is taken. */
    ByteBuffer bytes() {
        return bytes;
    }

    int capacity() {
        return bytes.capacity();
    }

    /**
     * Waits for more, when all is taken.
     *
     * @return how many bytes have come; -1 at the peer's clean end
     */
    int fill(Link link) throws IOException {
        bytes.clear();
        try {
            return link.read(bytes);
        } finally {
            bytes.flip();
        }
    }

    /** Fits the size to what the last read brought, once it is taken. */
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
