package org.restream.reliability.network;

/**
 * A fault in one direction of a connection, after an exact number of bytes.
 *
 * @param direction the direction
 * @param after the number of bytes that are delivered before it
 * @param kind the kind of fault
 */
record Fault(Direction direction, long after, Kind kind) {
    enum Kind {
        /** The direction ends, as if its sender had ended it; the rest is discarded. The other direction goes on. */
        FIN,
        /** Both sides get a reset. */
        RST,
        /**
         * Nothing more is delivered: no byte, no end and no reset. The sender notices nothing. The other direction goes
         * on.
         */
        BLACKHOLE,
        /** Nothing more is read, until {@link Pump#allow} or {@link Pump#resume}: back-pressure. */
        STALL,
        /** Accepts and closes without a byte; the server never notices it. Direction and count are not used. */
        DROP,
        /** Closes both directions at the end of this one, like a proxy without half-close. The count is not used. */
        FULL_CLOSE
    }

    /** No fault. */
    static final Fault NONE = new Fault(Direction.UP, Long.MAX_VALUE, Kind.FIN);

    static final Fault DROP = new Fault(Direction.UP, 0, Kind.DROP);

    static final Fault FULL_CLOSE = new Fault(Direction.UP, Long.MAX_VALUE, Kind.FULL_CLOSE);

    boolean is(Kind other) {
        return kind == other;
    }
}
