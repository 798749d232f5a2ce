package org.restream.reliability.session;

import java.util.SplittableRandom;
import org.restream.testing.Pattern;

/**
 * What one exchange is to do. Both sides make it from the same number.
 *
 * @param request how long the request is
 * @param answer how long the answer is
 * @param aborter who aborts the exchange; null: nobody
 * @param after when it does: at so many bytes of what it receives, which is longer
 */
record AbortPlan(long seed, long request, long answer, Party aborter, long after) {
    enum Party {
        CLIENT,
        SERVER;

        Party other() {
            return this == CLIENT ? SERVER : CLIENT;
        }
    }

    static AbortPlan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long request = length(random);
        long answer = length(random);
        Party aborter = switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> Party.CLIENT;
            default -> Party.SERVER;
        };
        long after = random.nextLong(aborter == Party.SERVER ? request : answer);
        return new AbortPlan(seed, request, answer, aborter, after);
    }

    /** From 1 byte to 4 MiB; half of all are below 64 KiB. */
    private static long length(SplittableRandom random) {
        return 1 + random.nextLong(1L << (10 + random.nextInt(13)));
    }

    /** How long the message is that this side sends. */
    long sentBy(Party party) {
        return party == Party.CLIENT ? request : answer;
    }

    long receivedBy(Party party) {
        return sentBy(party.other());
    }

    /** The body that this side sends. */
    Pattern bodyOf(Party party) {
        int low = (int) seed;
        return new Pattern(party == Party.CLIENT ? low : ~low);
    }
}
