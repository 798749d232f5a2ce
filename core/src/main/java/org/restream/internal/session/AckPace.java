package org.restream.internal.session;

/** After how many bytes acks are due. Each ack wakes both sides, so it waits for bytes that have come already. */
final class AckPace {
    /** Bytes that have come since acks went out. */
    private long unacked;

    private boolean flowing;

    /** Acks have gone out, or there is another connection. */
    void begin() {
        unacked = 0;
    }

    /** Whether more bytes have come than are parsed now, as far as the caller can tell. Returns whether acks are due. */
    boolean flowing(boolean more) {
        flowing = more;
        return isDue();
    }

    /** So many bytes have come. Returns whether acks are due. */
    boolean received(int bytes) {
        unacked += bytes;
        return isDue();
    }

    /** How many bytes one exchange's ack may wait for. */
    int most() {
        return flowing ? SessionConfig.FLOWING_ACK_BYTES : SessionConfig.ACK_BYTES;
    }

    /** Whether all exchanges together have waited for so many. */
    private boolean isDue() {
        return unacked >= most();
    }
}
