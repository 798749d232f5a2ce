package org.restream.benchmarks.session;

import java.nio.ByteBuffer;
import org.restream.benchmarks.peer.Bodies;

/** Compares a large body with what it should be, piece by piece, and counts its bytes. */
public final class Check {
    private static final ByteBuffer TWICE = twice();

    private final Checksum checksum = new Checksum();
    private long count;

    private static ByteBuffer twice() {
        byte[] pattern = Bodies.pattern();
        return ByteBuffer.allocate(2 * Bodies.PERIOD).put(pattern).put(pattern).flip();
    }

    public void next(byte[] bytes) {
        next(ByteBuffer.wrap(bytes));
    }

    public void next(ByteBuffer bytes) {
        checksum.add(bytes);
        for (int at = bytes.position(), left = bytes.remaining(); left > 0; ) {
            int length = Math.min(left, Bodies.PERIOD);
            ByteBuffer expected = TWICE.slice((int) (count % Bodies.PERIOD), length);
            if (!expected.equals(bytes.slice(at, length))) {
                throw new IllegalStateException("a wrong byte after byte " + count);
            }
            count += length;
            at += length;
            left -= length;
        }
    }

    public long count() {
        return count;
    }
}
