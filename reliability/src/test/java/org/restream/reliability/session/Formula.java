package org.restream.reliability.session;

/** A body whose bytes follow from a number, so that each piece of it can be judged by itself. */
final class Formula {
    private final long seed;

    Formula(long seed) {
        this.seed = seed;
    }

    /** Puts the bytes that begin at a position of the body to the start of the array. */
    void fill(byte[] bytes, int length, long position) {
        for (int i = 0; i < length; i++) {
            bytes[i] = at(position + i);
        }
    }

    /** The position of the first wrong byte; -1: all are right. */
    long firstWrong(byte[] bytes, int length, long position) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != at(position + i)) {
                return position + i;
            }
        }
        return -1;
    }

    private byte at(long position) {
        // the finalizer of SplitMix64, without its last step
        long mixed = (seed + position) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        return (byte) (mixed >>> 56);
    }
}
