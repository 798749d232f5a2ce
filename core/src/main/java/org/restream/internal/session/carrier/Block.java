package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Some bytes of a message, in a list of such. Filled from the front, and taken from there. */
final class Block {
    static final int MAX_BYTES = 16 * 1024;

    final byte[] bytes;
    int begin;
    int end;

    @Nullable
    Block next;

    private Block(int capacity) {
        bytes = new byte[capacity];
    }

    /** One for so many bytes that come now, after so many before: what goes on gets larger ones. */
    static Block of(int now, long before) {
        return new Block(before == 0 ? Math.min(now, MAX_BYTES) : MAX_BYTES);
    }

    int free() {
        return bytes.length - end;
    }

    int length() {
        return end - begin;
    }

    /** Takes as many as fit. */
    void fill(ByteBuffer from, int most) {
        int count = Math.min(most, free());
        from.get(bytes, end, count);
        end += count;
    }
}
