package org.restream.reliability.blackbox;

import java.util.SplittableRandom;

/** Chance, from a seed. */
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

    /** None, one, around powers of two and the sizes of buffers, and whatever else, up to some tens of MB. */
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

    /** Any order of magnitude is as likely as any other. */
    long upTo(long most) {
        return Math.min(most, (long) Math.exp(random.nextDouble() * Math.log((double) most)));
    }

    /** A place in so many bytes: near their beginning, or anywhere. */
    long offset(long most) {
        return oneIn(3) ? upTo(most) : between(0, most);
    }

    /** So large that there is time for something to happen. */
    long largeSize() {
        return between(2 * MB, 30 * MB);
    }
}
