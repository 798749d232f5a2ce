package org.restream.internal.reconnect;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.restream.ConnectionLostException;
import org.restream.FailureKind;
import org.restream.RefusedException;

/** The possible results of an attempt. */
enum ScriptedResult {
    REFUSED,
    UNKNOWN_HOST,
    LOST_BEFORE_HEADER,
    LOST_AFTER_HEADER,
    COMPLETED,
    COMPLETED_EMPTY,
    REFUSED_FOR_NOW,
    REFUSED_FOR_GOOD,
    BROKEN;

    /** Whether no attempt may follow, with any options. */
    boolean isLast() {
        return this == BROKEN || this == REFUSED_FOR_GOOD;
    }

    boolean connects() {
        return this != REFUSED && this != UNKNOWN_HOST;
    }

    /** The result for the loop's policy. */
    AttemptResult result() {
        return switch (this) {
            case REFUSED ->
                new AttemptResult.NotConnected(new ConnectException("Connection refused"), FailureKind.CONNECTION);
            case UNKNOWN_HOST ->
                new AttemptResult.NotConnected(new UnknownHostException("nowhere"), FailureKind.LOOKUP);
            case LOST_BEFORE_HEADER -> lost("lost before the header", false);
            case LOST_AFTER_HEADER -> lost("lost after the header", true);
            case COMPLETED -> new AttemptResult.Completed(true, 5, 7, Duration.ZERO);
            case COMPLETED_EMPTY -> new AttemptResult.Completed(false, 5, 7, Duration.ZERO);
            case REFUSED_FOR_NOW -> refused(Duration.ofMillis(70));
            case REFUSED_FOR_GOOD -> refused(null);
            case BROKEN ->
                new AttemptResult.Broken(new IllegalStateException("a bug"), FailureKind.HANDLER, 5, 7, Duration.ZERO);
        };
    }

    private static AttemptResult lost(String message, boolean peerSpoke) {
        return new AttemptResult.Lost(
                new ConnectionLostException(message, null), FailureKind.CONNECTION, peerSpoke, 5, 7, Duration.ZERO);
    }

    private static AttemptResult refused(Duration retryAfter) {
        return new AttemptResult.Refused(new RefusedException("disk full", retryAfter), 5, 7, Duration.ZERO);
    }
}
