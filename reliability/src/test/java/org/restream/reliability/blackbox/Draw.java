package org.restream.reliability.blackbox;

import java.util.SplittableRandom;

/** Random choices from a seed. */
final class Draw {
    private static final int[] BUFFERS = {4_096, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144, 1_048_576};
    private static final int MB = 1_000_000;

    private final SplittableRandom random;

    Draw(long seed) {
        random = new SplittableRandom(seed);
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** 0, 1, near powers of two and buffer sizes, or any other size up to some tens of MB. */
    long size() {
        int kind = random.nextInt(20);
        if (kind < 2) {
            return between(0, 2);
        }
        if (kind < 6) {
            return (1L << between(1, 23)) + between(-1, 1);
        }
        if (kind < 10) {
            return (long) BUFFERS[random.nextInt(BUFFERS.length)] * between(1, 12) + between(-1, 1);
        }
        if (kind < 17) {
            return upTo(5 * MB);
        }
        return between(5 * MB, 40 * MB);
    }

    /** A number in which every order of magnitude is equally likely. */
    long upTo(long most) {
        return Math.min(most, (long) Math.exp(random.nextDouble() * Math.log((double) most)));
    }

    /** A position in this many bytes: near their beginning, or anywhere. */
    long offset(long most) {
        return oneIn(3) ? upTo(most) : between(0, most);
    }

    /** A size large enough that something can happen meanwhile. */
    long largeSize() {
        return between(2 * MB, 30 * MB);
    }
}
