package org.restream.internal.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.GaveUpException;
import org.restream.Listener;
import org.restream.RestreamClient.State;
import org.restream.RestreamException;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.UserContext;
import org.restream.internal.event.EventReporter;
import org.restream.internal.text.Durations;
import org.restream.internal.text.SafeText;

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
        if (now == State.CLOSED) {
            // a handler that did not return when the client was closed has done so now
            return;
        }
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
        } else if (event instanceof ClientEvent.Completed) {
            failures = 0;
            reporter.report(event);
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
                        + (last == null ? "" : "; the last failure: " + SafeText.message(last)),
                last == null ? new RestreamException("no attempt has failed") : last);
    }

    /**
     * Tells the last events.
     *
     * @param gaveUp what has ended it, where no event has told so; else null
     */
    void closed(@Nullable Throwable gaveUp) {
        now = State.CLOSED;
        if (gaveUp != null) {
            reporter.reportNotice(new ClientEvent.GaveUp(attempt, failures, gaveUp));
        }
        reporter.report(new ClientEvent.Closed());
    }

    /** The same on another thread: a listener that does not come back from another event gets them when it does. */
    void closedElsewhere(@Nullable Throwable gaveUp, UserContext context) {
        now = State.CLOSED;
        CountDownLatch told = new CountDownLatch(1);
        Threads.start("restream-client-close", context.around(() -> {
            closed(gaveUp);
            told.countDown();
        }));
        try {
            boolean unused = told.await(LAST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void logBug(Throwable bug) {
        reporter.logBug("a client's listener failed after its exchange had ended", bug);
    }
}
