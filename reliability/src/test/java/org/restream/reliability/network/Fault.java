package org.restream.reliability.network;

/**
 * What is done to one direction of a connection, when exactly so many of its bytes have been delivered.
 *
 * @param direction which one
 * @param after the count of bytes
 * @param kind what is done then
 */
record Fault(Direction direction, long after, Kind kind) {
    enum Kind {
        /** The direction ends, as if its sender had; what else the sender says is dropped. The other direction goes on. */
        FIN,
        /** Both sides get a reset. */
        RST,
        /** Nothing more is delivered: no byte, no end and no reset. The sender notices nothing. The other direction goes on. */
        BLACKHOLE,
        /** Nothing more is read, until {@link Pump#allow} or {@link Pump#resume}: back-pressure. */
        STALL,
        /** Accepts, and closes without a word; the server never hears of it. Direction and count mean nothing. */
        DROP,
        /** When the direction ends, both are closed, as by a proxy that knows no half-close. The count means nothing. */
        FULL_CLOSE
    }

    /** No harm. */
    static final Fault NONE = new Fault(Direction.UP, Long.MAX_VALUE, Kind.FIN);

    static final Fault DROP = new Fault(Direction.UP, 0, Kind.DROP);

    static final Fault FULL_CLOSE = new Fault(Direction.UP, Long.MAX_VALUE, Kind.FULL_CLOSE);

    boolean is(Kind other) {
        return kind == other;
    }
}
