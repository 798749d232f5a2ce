package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;

/** Where a connection's bytes are read to: a small buffer while little comes, a large one where a read has filled that. */
final class ReadSpace {
    /** With half as much, 100 exchanges that send a byte to and fro take twice as long. */
    private static final int FEW_BYTES = 2 * 1024;

    private final ByteBuffer few = ByteBuffer.allocateDirect(FEW_BYTES);
    private ByteBuffer in = few;

    /** The first bytes, which came before. */
    ByteBuffer begin(ByteBuffer rest) {
        return in.put(rest).flip();
    }

    /**
     * For the next read, after all of the last one was taken.
     *
     * @param sparing whether little is to be read
     */
    ByteBuffer next(boolean sparing) {
        int came = sparing ? 0 : in.limit();
        if (came == FEW_BYTES && !isLarge()) {
            in = Buffers.takeToRead();
        } else if (isLarge() && came <= FEW_BYTES / 2) {
            Buffers.give(in);
            in = few;
        }
        return in.clear();
    }

    void end() {
        if (isLarge()) {
            Buffers.give(in);
            in = few;
        }
    }

    private boolean isLarge() {
        return in.capacity() > FEW_BYTES;
    }
}
