package org.restream.internal.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes written and not yet sent. Starts with nothing, grows with what is written, up to its limit. */
final class WriteBuffer {
    static final int MAX_BYTES = 16 * 1024;
    private static final int MIN_BYTES = 512;

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int count;

    /** Takes as many as there is room for. */
    void take(ByteBuffer from) {
        int taken = Math.min(from.remaining(), MAX_BYTES - count);
        if (count + taken > bytes.length) {
            int size = Math.max(MIN_BYTES, Integer.highestOneBit(count + taken - 1) * 2);
            bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, size));
        }
        from.get(bytes, count, taken);
        count += taken;
    }

    /** What it holds. */
    ByteBuffer filled() {
        return ByteBuffer.wrap(bytes, 0, count);
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == MAX_BYTES;
    }

    /** All has been sent. What waits for long before it says more keeps no room for it. */
    void clear() {
        count = 0;
        if (bytes.length <= MIN_BYTES) {
            bytes = NOTHING;
        }
    }
}
