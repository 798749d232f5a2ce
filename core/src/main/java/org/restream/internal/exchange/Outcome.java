package org.restream.internal.exchange;

import org.jspecify.annotations.Nullable;

/**
 * How an exchange ended.
 *
 * @param kind in which of three ways
 * @param cause why it did not complete; null if it did
 * @param peerSpoke whether the peer's header came, or at least its clean end
 * @param headerCame whether the peer's header came
 * @param empty whether the peer ended without a byte, and that is no message
 * @param bytesReceived body bytes
 * @param bytesSent body bytes
 */
public record Outcome(
        Kind kind,
        @Nullable Throwable cause,
        boolean peerSpoke,
        boolean headerCame,
        boolean empty,
        long bytesReceived,
        long bytesSent) {
    /** The three ways. */
    public enum Kind {
        /** Both messages ended cleanly. */
        COMPLETED,
        /** The connection broke, or the peer broke the rules; the cause is an IOException. */
        LOST,
        /** Our own code threw, or aborted it. */
        BROKEN
    }
}
