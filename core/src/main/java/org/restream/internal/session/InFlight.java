package org.restream.internal.session;

import java.util.function.LongSupplier;

/**
 * How many bytes are under way on a connection, and how many may be: twice what the line holds, as measured. More would only wait
 * in the system's buffer, in front of what is small and new. Where that takes no time, there may be some more: a sender that stands
 * at its limit for each ack has to be woken for each.
 */
final class InFlight {
    static final long MIN_LIMIT = 256 * 1024;
    static final long MAX_LIMIT = 32 * 1024 * 1024;
    /** So many may be under way on a line that carries them in {@link #NO_TIME_NANOS}. More would leave the processor's caches. */
    static final long FAST_LIMIT = 1024 * 1024;

    static final long NO_TIME_NANOS = 2_000_000;

    private final LongSupplier nanoTime;
    private long underWay;
    private long limit = MIN_LIMIT;

    private long sent;
    private long acked;
    /** A sample: when all before {@code sampleEnd} has been acknowledged, a round trip is over. */
    private boolean sampling;

    private long sampleEnd;
    private long sampleStart;
    private long sampleAcked;
    private long minRoundTrip = Long.MAX_VALUE;

    InFlight(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Another connection, perhaps another line. */
    void reset() {
        underWay = 0;
        limit = MIN_LIMIT;
        sampling = false;
        minRoundTrip = Long.MAX_VALUE;
    }

    boolean hasRoom() {
        return underWay < limit;
    }

    void sent(long bytes) {
        underWay += bytes;
        sent += bytes;
        if (!sampling && bytes > 0) {
            sampling = true;
            sampleEnd = sent;
            sampleAcked = acked;
            sampleStart = nanoTime.getAsLong();
        }
    }

    /** So many arrived, or do not matter any more. */
    void acked(long bytes) {
        underWay -= bytes;
        acked += bytes;
        if (sampling && acked >= sampleEnd) {
            sampling = false;
            long roundTrip = Math.max(1, nanoTime.getAsLong() - sampleStart);
            minRoundTrip = Math.min(minRoundTrip, roundTrip);
            double bytesPerNano = (double) (acked - sampleAcked) / roundTrip;
            double held = Math.min(MAX_LIMIT, 2 * bytesPerNano * minRoundTrip);
            double fast = Math.min(FAST_LIMIT, bytesPerNano * NO_TIME_NANOS);
            limit = Math.max(MIN_LIMIT, (long) Math.max(held, fast));
        }
    }
}
