package org.restream.files;

import java.util.function.LongSupplier;

/** How much is written until it is synced: at most so much is sent twice when a process dies. */
final class SyncGroup {
    static final long BYTES = 16L << 20;
    private static final long NANOS = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private long bytes;
    private long began;

    /**
     * @param nanoTime the clock of {@link System#nanoTime}
     */
    SyncGroup(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        begin();
    }

    void begin() {
        bytes = 0;
        began = nanoTime.getAsLong();
    }

    /** Counts; whether it is time to sync. */
    boolean isFullWith(long more) {
        bytes += more;
        return bytes >= BYTES || nanoTime.getAsLong() - began >= NANOS;
    }
}
