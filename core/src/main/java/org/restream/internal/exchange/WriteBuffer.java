package org.restream.internal.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Holds bytes that were written and not sent yet. It is empty at first, and grows as needed, up to its limit. */
final class WriteBuffer {
    static final int MAX_BYTES = 16 * 1024;
    private static final int MIN_BYTES = 256;

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int count;

    /** Takes as many bytes as fit. */
    void take(ByteBuffer from) {
        int taken = Math.min(from.remaining(), MAX_BYTES - count);
        if (count + taken > bytes.length) {
            int size = Math.max(MIN_BYTES, Integer.highestOneBit(count + taken - 1) * 2);
            bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, size));
        }
        from.get(bytes, count, taken);
        count += taken;
    }

    /** Its content. */
    ByteBuffer filled() {
        return ByteBuffer.wrap(bytes, 0, count);
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == MAX_BYTES;
    }

    /** Empties it after everything was sent. A small buffer is freed, because a connection may now be idle for long. */
    void clear() {
        count = 0;
        if (bytes.length <= MIN_BYTES) {
            bytes = NOTHING;
        }
    }
}
