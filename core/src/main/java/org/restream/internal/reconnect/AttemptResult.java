package org.restream.internal.reconnect;

import java.io.IOException;
import java.time.Duration;
import org.restream.FailureKind;
import org.restream.RefusedException;

/** The result of an attempt. Byte counts are those of bodies, durations those of exchanges. */
public sealed interface AttemptResult {
    /**
     * No connection could be made.
     *
     * @param cause the reason
     * @param forGood whether no other attempt can succeed
     */
    record NotConnected(IOException cause, FailureKind kind, boolean forGood) implements AttemptResult {
        /** Another attempt may succeed. */
        public NotConnected(IOException cause, FailureKind kind) {
            this(cause, kind, false);
        }
    }

    /**
     * The exchange has completed.
     *
     * @param headerCame whether the answer had a header
     */
    record Completed(boolean headerCame, long bytesSent, long bytesReceived, Duration duration)
            implements AttemptResult {}

    /**
     * The exchange was lost; another attempt may succeed.
     *
     * @param cause the reason
     * @param peerSpoke whether the server has sent a header, which shows that it works
     */
    record Lost(
            IOException cause,
            FailureKind kind,
            boolean peerSpoke,
            long bytesSent,
            long bytesReceived,
            Duration duration)
            implements AttemptResult {}

    /**
     * The server has refused the request.
     *
     * @param cause the server's reason, and when the request may be sent again
     */
    record Refused(RefusedException cause, long bytesSent, long bytesReceived, Duration duration)
            implements AttemptResult {}

    /**
     * This side has failed: another attempt would fail too.
     *
     * @param cause the reason
     */
    record Broken(Throwable cause, FailureKind kind, long bytesSent, long bytesReceived, Duration duration)
            implements AttemptResult {}

    /** A session was lost, whose exchanges report themselves. */
    static AttemptResult sessionLost(IOException cause) {
        return new Lost(cause, FailureKind.SESSION, true, 0, 0, Duration.ZERO);
    }
}
