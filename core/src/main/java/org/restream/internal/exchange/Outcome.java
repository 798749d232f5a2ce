package org.restream.internal.exchange;

import org.jspecify.annotations.Nullable;
import org.restream.Refusal;

/**
 * How an exchange has ended.
 *
 * @param reason why it did not complete; null if it did
 * @param cause the exception for that; null if it completed
 * @param refusal the refusal that this side has sent in place of an answer; null if none
 * @param headerCame whether the peer's header has arrived
 * @param bytesReceived the number of body bytes received
 * @param bytesSent the number of body bytes sent
 */
public record Outcome(
        @Nullable Reason reason,
        @Nullable Throwable cause,
        @Nullable Refusal refusal,
        boolean headerCame,
        long bytesReceived,
        long bytesSent) {
    /** Whether both messages have ended cleanly. */
    public boolean isComplete() {
        return reason == null;
    }

    /** What has become of the exchange. */
    static Outcome of(ExchangeState state) {
        ExchangeState.Failed failed = state.failed();
        Progress progress = state.progress;
        return new Outcome(
                failed == null ? null : failed.reason(),
                failed == null ? null : failed.cause(),
                progress.refusal,
                progress.headerCame,
                progress.received(),
                progress.sent());
    }
}
