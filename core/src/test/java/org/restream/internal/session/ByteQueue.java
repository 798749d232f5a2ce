package org.restream.internal.session;

import java.nio.ByteBuffer;

/** One direction of a connection: takes so many bytes, and no more until some have been read. */
final class ByteQueue {
    private final byte[] bytes;
    private int begin;
    private int size;

    ByteQueue(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    /** Takes what fits; returns how much. */
    int take(ByteBuffer from) {
        int taken = 0;
        while (from.hasRemaining() && size < bytes.length) {
            int end = (begin + size) % bytes.length;
            int count = Math.min(from.remaining(), Math.min(bytes.length - size, bytes.length - end));
            from.get(bytes, end, count);
            size += count;
            taken += count;
        }
        return taken;
    }

    /** Gives up to so many bytes. */
    ByteBuffer give(int most) {
        int count = Math.min(most, size);
        byte[] given = new byte[count];
        for (int done = 0; done < count; ) {
            int piece = Math.min(count - done, bytes.length - begin);
            System.arraycopy(bytes, begin, given, done, piece);
            begin = (begin + piece) % bytes.length;
            done += piece;
        }
        size -= count;
        return ByteBuffer.wrap(given);
    }

    /** What was sent last is lost: only so many bytes are left. */
    void truncate(int left) {
        size = Math.min(size, left);
    }
}
