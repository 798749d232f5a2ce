package org.restream.testing;

/** Bytes without end that look random, from a seed: the same in peer.js. Not for use by two threads. */
public final class Pattern {
    private int state;
    private long position;

    public Pattern(int seed) {
        state = seed;
    }

    /** The first so many bytes of a seed. */
    public static byte[] bytes(int seed, int length) {
        return new Pattern(seed).next(length);
    }

    /** The next so many. */
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

    /** Fails where these are not the next ones. */
    public void check(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] != next()) {
                throw new AssertionError("wrong byte at " + (position - 1));
            }
        }
    }

    /** How many bytes were made or checked. */
    public long position() {
        return position;
    }
}
