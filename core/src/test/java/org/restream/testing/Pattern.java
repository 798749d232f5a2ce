package org.restream.testing;

/** An endless sequence of pseudo-random bytes from a seed, the same as in peer.js. Not thread-safe. */
public final class Pattern {
    private int state;
    private long position;

    public Pattern(int seed) {
        state = seed;
    }

    /** The first bytes of a seed. */
    public static byte[] bytes(int seed, int length) {
        return new Pattern(seed).next(length);
    }

    /** The next bytes. */
    public byte[] next(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = next();
        }
        return bytes;
    }

    private byte next() {
        state = state * 1_664_525 + 1_013_904_223;
        position++;
        return (byte) (state >>> 24);
    }

    /** Fails if these are not the next bytes. */
    public void check(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] != next()) {
                throw new AssertionError("wrong byte at " + (position - 1));
            }
        }
    }

    /** The number of bytes generated or checked so far. */
    public long position() {
        return position;
    }
}
