package org.restream.internal.client;

import java.io.IOException;
import java.time.Duration;
import org.restream.RefusedException;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Reason;
import org.restream.internal.reconnect.AttemptResult;

/** Converts the outcome of an exchange to the result of an attempt. */
final class Results {
    private Results() {}

    static AttemptResult of(Outcome outcome, Duration duration) {
        Reason reason = outcome.reason();
        long sent = outcome.bytesSent();
        long received = outcome.bytesReceived();
        if (reason == null) {
            return new AttemptResult.Completed(outcome.headerCame(), sent, received, duration);
        }
        Throwable cause = outcome.cause();
        if (reason == Reason.REFUSED && cause instanceof RefusedException refused) {
            return new AttemptResult.Refused(refused, sent, received, duration);
        }
        if (reason.isOurs() || !(cause instanceof IOException lost)) {
            return new AttemptResult.Broken(
                    cause == null ? new IOException("no cause is known") : cause,
                    reason.kind(),
                    sent,
                    received,
                    duration);
        }
        // if the user's code asks for another attempt, this one is a failure of the server, even if it sent a header
        boolean peerSpoke = outcome.headerCame() && reason != Reason.TRY_AGAIN;
        return new AttemptResult.Lost(lost, reason.kind(), peerSpoke, sent, received, duration);
    }
}
