package org.restream.reliability.network;

/**
 * A cell of the cut matrix: an exchange, and where and how it is cut.
 *
 * @param tls whether it uses TLS; the offset counts the bytes of the connection, which are TLS records then
 * @param listening whether both sides use event style
 * @param length the total number of bytes of the direction, with its close_notify
 * @param fault the cut
 */
record Cut(boolean tls, boolean listening, int length, Fault fault) {
    Direction direction() {
        return fault.direction();
    }

    long offset() {
        return fault.after();
    }

    /** The message that is cut. */
    Parcel parcel() {
        return direction() == Direction.UP ? Parcel.REQUEST : Parcel.ANSWER;
    }

    /** Whether neither side can have noticed anything before it, not even the connection. */
    boolean isResetAtOnce() {
        return fault.is(Fault.Kind.RST) && offset() == 0;
    }

    /** Whether it comes after all bytes. Over TLS the end has arrived then; over plain TCP the FIN is the end. */
    boolean comesAfterAll() {
        return tls && offset() >= length;
    }

    /**
     * Whether the receiver sees an end: the real one, or a FIN that looks like it, the documented exception of plain
     * TCP.
     */
    boolean looksLikeAnEnd() {
        return tls
                ? comesAfterAll() && !fault.is(Fault.Kind.RST)
                : fault.is(Fault.Kind.FIN)
                        && ((offset() == 0 && direction() == Direction.UP) || offset() >= parcel().headerLength());
    }

    /** Whether this is the documented exception. */
    boolean isMissed() {
        return looksLikeAnEnd() && offset() < length;
    }
}
