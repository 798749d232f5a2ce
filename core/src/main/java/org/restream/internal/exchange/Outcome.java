package org.restream.internal.exchange;

import org.jspecify.annotations.Nullable;
import org.restream.Refusal;

/**
 * How an exchange ended.
 *
 * @param reason why it did not complete; null if it did
 * @param cause what has led to that; null if it completed
 * @param refusal what this side's handler has told the peer in place of an answer; null where it has not
 * @param headerCame whether the peer's header came
 * @param bytesReceived body bytes
 * @param bytesSent body bytes
 */
public record Outcome(
        @Nullable Reason reason,
        @Nullable Throwable cause,
        @Nullable Refusal refusal,
        boolean headerCame,
        long bytesReceived,
        long bytesSent) {
    /** Whether both messages ended cleanly. */
    public boolean isComplete() {
        return reason == null;
    }
}
