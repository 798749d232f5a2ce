package org.restream.internal.exchange;

import java.io.IOException;
import org.restream.FailureKind;
import org.restream.internal.link.LateException;

/** Why an exchange has failed, as recorded by the code that found it. */
public enum Reason {
    /** The connection broke. */
    CONNECTION,
    /** A time limit was exceeded, or the peer sent too much that nobody reads. */
    LIMIT,
    /** The connection could not be opened. */
    HANDSHAKE,
    /** The peer did not send a valid header, or not in time. */
    HEADER,
    /** The peer's body is not the text that this side asked for. */
    PROTOCOL,
    /** The peer ended the connection without sending a byte, and empty messages are not allowed. */
    EMPTY,
    /** The peer has stopped reading before the end of our message. */
    STOPPED_READING,
    /** The peer has refused the request. */
    REFUSED,
    /** The client or server of this side was closed. */
    CLOSED,
    /** The user's code has asked for another attempt. */
    TRY_AGAIN,
    /** The user's code has refused a request whose answer had begun. */
    REFUSAL,
    /** The user's code has aborted the exchange. */
    ABORTED,
    /** The user's code has thrown, or this side has run out of resources. */
    HANDLER;

    /** What a link says by the exception with which it ends. */
    public static Reason ofLoss(IOException found) {
        return found instanceof LateException ? LIMIT : CONNECTION;
    }

    /** The same, as events say it. */
    public FailureKind kind() {
        return this == REFUSAL ? FailureKind.REFUSED : FailureKind.valueOf(name());
    }

    /** Whether this side's own code is the reason, so that another attempt would fail too. */
    public boolean isOurs() {
        return compareTo(REFUSAL) >= 0;
    }
}
