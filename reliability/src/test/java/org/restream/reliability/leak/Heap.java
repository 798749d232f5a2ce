package org.restream.reliability.leak;

import java.lang.management.ManagementFactory;

/** Measures the used heap. */
public final class Heap {
    private Heap() {}

    /** The minimum after several collections, because some objects are freed only by the next one. */
    public static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
