package org.restream.internal.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.restream.ConnectionLostException;
import org.restream.internal.exchange.Outcome;

/** What can come of an attempt, made up. */
enum Results {
    REFUSED,
    UNKNOWN_HOST,
    LOST_BEFORE_HEADER,
    LOST_AFTER_HEADER,
    COMPLETED,
    COMPLETED_EMPTY,
    BROKEN;

    /** What {@link Attempts#make} gives or throws, for those that have a connection. */
    Outcome outcome() {
        return switch (this) {
            case REFUSED, UNKNOWN_HOST -> throw new IllegalStateException(this + " has no connection");
            case LOST_BEFORE_HEADER -> outcome(Outcome.Kind.LOST, lost("lost before the header"), false, false);
            case LOST_AFTER_HEADER -> outcome(Outcome.Kind.LOST, lost("lost after the header"), true, true);
            case COMPLETED -> outcome(Outcome.Kind.COMPLETED, null, true, true);
            case COMPLETED_EMPTY -> outcome(Outcome.Kind.COMPLETED, null, true, false);
            case BROKEN -> outcome(Outcome.Kind.BROKEN, new IllegalStateException("a bug"), true, true);
        };
    }

    boolean connects() {
        return this != REFUSED && this != UNKNOWN_HOST;
    }

    IOException failure() {
        return this == REFUSED ? new ConnectException("Connection refused") : new UnknownHostException("nowhere");
    }

    Result result() {
        return connects() ? new Result.Ended(outcome()) : new Result.NotConnected(failure());
    }

    private static Outcome outcome(Outcome.Kind kind, Throwable cause, boolean peerSpoke, boolean headerCame) {
        return new Outcome(kind, cause, peerSpoke, headerCame, false, 7, 5);
    }

    private static IOException lost(String message) {
        return new ConnectionLostException(message, null);
    }
}
