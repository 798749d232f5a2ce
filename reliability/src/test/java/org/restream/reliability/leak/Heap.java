package org.restream.reliability.leak;

import java.lang.management.ManagementFactory;

/** What is in use of the heap. */
final class Heap {
    private Heap() {}

    /** The least of some collections: what is released by one is only freed by the next. */
    static long used() {
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
