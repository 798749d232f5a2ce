package org.restream.internal.session;

/**
 * What a peer has cost lately, beside what it has moved: a bucket of tokens, which fills slowly. Bytes and exchanges that end well
 * pay for the frames that carry them; frames that move nothing have to be few.
 */
public final class Cost {
    /** What any frame costs, and each number of a K. */
    static final int FRAME = 1;
    /** What a ping costs beyond that, since it is answered. */
    static final int PING = 2;
    /** An ack that says nothing new. */
    static final int IDLE_ACK = 3;
    /** Data for an exchange that is over. */
    static final int LATE_DATA = 1;
    /** A cut: its handler was begun, or its answer made, for nothing. */
    static final int CUT = 15;
    /** A header that is none. */
    static final int HEADER = 64;
    /** What an exchange that ends well pays back. */
    static final int WELL_ENDED = 4;
    /** So many bytes pay for a frame. Less than is common: a program may send its records one by one. */
    static final int BYTES = 64;

    static final int CAPACITY = 10_000;
    /** An empty bucket counts as empty until so much is in it again. */
    static final int ENOUGH = 1_000;
    /** So long it may be empty. */
    static final long PATIENCE_NANOS = 10_000_000_000L;

    private static final long NANOS_PER_TOKEN = 1_000_000;

    private int tokens = CAPACITY;
    /** Bytes that have not paid yet. */
    private int change;

    private boolean timed;
    private long filledAt;
    private boolean empty;
    private long emptySince;

    void spend(int count) {
        tokens -= count;
    }

    /** An exchange began with something that is no header. */
    public void spentOnHeader() {
        spend(HEADER);
    }

    void earn(int count) {
        tokens += count;
    }

    /** So many bytes of a message have come, or have arrived there. */
    void moved(long bytes) {
        long sum = change + bytes;
        tokens += (int) Math.min(sum / BYTES, CAPACITY);
        change = (int) (sum % BYTES);
    }

    /** Looks what is left, after each read: whether the peer is to be read more slowly. */
    public boolean isEmpty(long now) {
        fill(now);
        if (tokens <= 0) {
            if (!empty) {
                emptySince = now;
            }
            empty = true;
            tokens = 0;
        } else if (tokens >= ENOUGH) {
            empty = false;
        }
        return empty;
    }

    private void fill(long now) {
        if (!timed) {
            timed = true;
            filledAt = now;
        }
        long more = (now - filledAt) / NANOS_PER_TOKEN;
        filledAt += more * NANOS_PER_TOKEN;
        tokens = (int) Math.min(CAPACITY, tokens + more);
    }

    /** Whether it has been empty for too long: the peer does not want to do anything else. */
    public boolean isAbused(long now) {
        return empty && now - emptySince >= PATIENCE_NANOS;
    }
}
