package org.restream.reliability.network;

/**
 * A cell of the cut matrix: one exchange, and where and how it is cut.
 *
 * @param tls whether over TLS; the offset counts the bytes of the connection, so of TLS records then
 * @param listening whether both sides are written in event style
 * @param length how many bytes the direction has in all, with its close_notify
 * @param fault the cut
 */
record Cut(boolean tls, boolean listening, int length, Fault fault) {
    Direction direction() {
        return fault.direction();
    }

    long offset() {
        return fault.after();
    }

    /** What is cut. */
    Parcel parcel() {
        return direction() == Direction.UP ? Parcel.REQUEST : Parcel.ANSWER;
    }

    /** Both sides can't have noticed anything before it: not even that there is a connection. */
    boolean isResetAtOnce() {
        return fault.is(Fault.Kind.RST) && offset() == 0;
    }

    /** Over TLS the end has come then, too; over plain TCP it is the FIN. */
    boolean comesAfterAll() {
        return tls && offset() >= length;
    }

    /** The end has come, or, the documented exception of plain TCP, a FIN that looks like it. */
    boolean looksLikeAnEnd() {
        return tls
                ? comesAfterAll() && !fault.is(Fault.Kind.RST)
                : fault.is(Fault.Kind.FIN)
                        && ((offset() == 0 && direction() == Direction.UP) || offset() >= parcel().headerLength());
    }

    /** The documented exception. */
    boolean isMissed() {
        return looksLikeAnEnd() && offset() < length;
    }
}
