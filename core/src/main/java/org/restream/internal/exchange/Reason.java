package org.restream.internal.exchange;

/** Why an exchange has failed, as recorded by who found it. */
public enum Reason {
    /** The connection broke. */
    CONNECTION,
    /** Something did not come or move in time, or the peer sent too much of what nobody reads. */
    LIMIT,
    /** The connection could not be opened. */
    HANDSHAKE,
    /** What the peer sent in the place of a header is none, or it did not come in time. */
    HEADER,
    /** The peer's body is not what this side asked for: no text. */
    PROTOCOL,
    /** The connection ended without a byte of the peer's, where that is no message. */
    EMPTY,
    /** The peer reads no more, and our message was not whole. */
    STOPPED_READING,
    /** The peer has refused the request. */
    REFUSED,
    /** This side's owner was closed. */
    CLOSED,
    /** The user's code asks for another attempt. */
    TRY_AGAIN,
    /** The user's code has refused a request whose answer had begun. */
    REFUSAL,
    /** The user's code has aborted it. */
    ABORTED,
    /** The user's code threw, or this side had no means to go on. */
    HANDLER;

    /** Whether our own code is the reason, so that another attempt would fail as well. */
    public boolean isOurs() {
        return compareTo(REFUSAL) >= 0;
    }
}
