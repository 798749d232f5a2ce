package org.restream.internal.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.GaveUpException;
import org.restream.Listener;
import org.restream.RestreamClient.State;
import org.restream.RestreamException;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.event.EventReporter;
import org.restream.internal.text.Durations;

/** Where a client is, and who hears of it: every event is a step of the state, seen before the listener is. */
final class ClientState {
    /** How long the last event waits for a listener that is busy with another. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final EventReporter<ClientEvent> reporter;
    private volatile State now = State.CONNECTING;
    private volatile long attempt = 1;
    private volatile int failures;
    private volatile @Nullable Throwable lastTrouble;

    ClientState(@Nullable Listener<? super ClientEvent> listener) {
        reporter = new EventReporter<>(listener);
    }

    State now() {
        return now;
    }

    void happened(ClientEvent event) {
        if (event instanceof ClientEvent.Connecting connecting) {
            attempt = connecting.attempt();
            now = State.CONNECTING;
            reporter.report(event);
        } else if (event instanceof ClientEvent.Connected) {
            now = State.CONNECTED;
            reporter.report(event);
        } else if (event instanceof ClientEvent.Waiting) {
            now = State.WAITING;
            reporter.reportNotice(event);
        } else if (event instanceof ClientEvent.Failed failed) {
            troubled(failed.failures(), failed.cause());
            reporter.reportNotice(event);
        } else if (event instanceof ClientEvent.Lost lost) {
            troubled(lost.failures(), lost.cause());
            reporter.reportNotice(event);
        } else if (event instanceof ClientEvent.GaveUp gaveUp) {
            reportEnd(gaveUp);
        } else {
            reporter.report(event);
        }
    }

    private void troubled(int count, Throwable cause) {
        failures = count;
        lastTrouble = cause;
    }

    /** The last failure is an event already, and its cause the peer's; any other end is this side's own. */
    private void reportEnd(ClientEvent.GaveUp gaveUp) {
        Throwable cause = gaveUp.cause();
        if (cause == lastTrouble || cause instanceof GaveUpException) {
            reporter.reportNotice(gaveUp);
        } else {
            reporter.reportBug("a client's handler or back-off failed", cause, gaveUp);
        }
    }

    /** What a client fails with whose time is over. */
    GaveUpException outOfTime(Duration maxTime) {
        Throwable last = lastTrouble;
        return new GaveUpException(
                "gave up after " + Durations.text(maxTime) + " (maxTime)"
                        + (last == null ? "" : "; the last failure: " + last.getMessage()),
                last == null ? new RestreamException("no attempt has failed") : last);
    }

    void gaveUp(Throwable cause) {
        happened(new ClientEvent.GaveUp(attempt, failures, cause));
    }

    /** The last event. A listener that does not come back from another gets it when it does. */
    void closed() {
        now = State.CLOSED;
        ClientEvent last = new ClientEvent.Closed();
        if (!reporter.reportWithin(last, LAST_WAIT)) {
            Threads.start("restream-client-close", () -> reporter.report(last));
        }
    }

    void logBug(Throwable bug) {
        reporter.logBug("a client's listener failed after its exchange had ended", bug);
    }
}
