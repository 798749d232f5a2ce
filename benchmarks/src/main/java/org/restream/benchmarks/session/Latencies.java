package org.restream.benchmarks.session;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Counts how long exchanges took, in steps of at most 3 %. */
final class Latencies {
    private static final int STEPS_LOG = 5;
    private static final int STEPS = 1 << STEPS_LOG;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(Long.SIZE * STEPS);

    void add(long nanos) {
        counts.incrementAndGet(index(Math.max(nanos, STEPS)));
    }

    long count() {
        long sum = 0;
        for (int i = 0; i < counts.length(); i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /** At least this part of the exchanges took no longer than so many nanoseconds. */
    long quantile(double part) {
        long left = (long) Math.ceil(part * count());
        for (int i = 0; i < counts.length(); i++) {
            left -= counts.get(i);
            if (left <= 0) {
                return largest(i);
            }
        }
        throw new IllegalStateException("nothing was counted");
    }

    private static int index(long nanos) {
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        int step = (int) (nanos >>> power - STEPS_LOG) - STEPS;
        return power * STEPS + step;
    }

    private static long largest(int index) {
        int power = index / STEPS;
        int step = index % STEPS;
        return (STEPS + step + 1L << power - STEPS_LOG) - 1;
    }
}
