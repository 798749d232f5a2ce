package org.restream.internal.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.GaveUpException;
import org.restream.Listener;
import org.restream.RestreamClient.State;
import org.restream.RestreamException;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.UserContext;
import org.restream.internal.event.EventReporter;
import org.restream.internal.jfr.Flight;
import org.restream.internal.text.Durations;
import org.restream.internal.text.SafeText;

/**
 * The state of a client, and its events: each event changes the state before the listener is called. What has begun, an exchange or
 * a session, is also reported to have ended, whatever comes between.
 */
final class ClientState {
    /** How long the last event waits for a listener that is busy with an earlier one. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final EventReporter<ClientEvent> reporter;
    private volatile State now = State.CONNECTING;
    private volatile long attempt = 1;
    private volatile int failures;
    private volatile @Nullable Throwable lastTrouble;
    private final Function<ClientEvent.Connected, ClientEvent> unfinished;
    private final BooleanSupplier closing;
    /** How the exchange has ended that the close has cut. */
    private volatile @Nullable ClientEvent cut;

    private final AtomicReference<ClientEvent.@Nullable Connected> exchange = new AtomicReference<>();
    private final AtomicReference<ClientEvent.@Nullable SessionOpened> session = new AtomicReference<>();

    /**
     * @param unfinished makes the event for an exchange that has not ended though the client does
     * @param closing whether the client is being closed, and may be interrupted
     */
    ClientState(
            @Nullable Listener<? super ClientEvent> listener,
            Function<ClientEvent.Connected, ClientEvent> unfinished,
            BooleanSupplier closing) {
        reporter = new EventReporter<>(listener, Flight.ofClient());
        this.unfinished = unfinished;
        this.closing = closing;
    }

    State now() {
        return now;
    }

    void happened(ClientEvent event) {
        if (now == State.CLOSED) {
            // the client has ended; this is a handler that has returned too late
            return;
        }
        if (event instanceof ClientEvent.Aborted && closing.getAsBoolean()) {
            // told with the last events: an interrupt of the close must not reach the listener
            cut = event;
            return;
        }
        if (isEndOfNothing(event)) {
            return;
        }
        if (event instanceof ClientEvent.Connecting connecting) {
            attempt = connecting.attempt();
            now = State.CONNECTING;
            reporter.report(event);
        } else if (event instanceof ClientEvent.Connected connected) {
            exchange.set(connected);
            now = State.CONNECTED;
            reporter.report(event);
        } else if (event instanceof ClientEvent.SessionOpened opened) {
            session.set(opened);
            reporter.report(event);
        } else if (event instanceof ClientEvent.Resumed) {
            now = State.CONNECTED;
            reporter.reportNotice(event);
        } else if (event instanceof ClientEvent.Away) {
            now = State.CONNECTING;
            reporter.reportNotice(event);
        } else if (event instanceof ClientEvent.FellBack || event instanceof ClientEvent.ResumeFailed) {
            reporter.reportNotice(event);
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

    /** Whether it ends what has been reported to have ended, since the client has ended meanwhile. */
    private boolean isEndOfNothing(ClientEvent event) {
        if (event instanceof ClientEvent.Completed
                || event instanceof ClientEvent.Lost
                || event instanceof ClientEvent.Aborted) {
            return exchange.getAndSet(null) == null;
        }
        return event instanceof ClientEvent.SessionEnded && session.getAndSet(null) == null;
    }

    private void endWhatHasBegun() {
        ClientEvent.Connected connected = exchange.getAndSet(null);
        if (connected != null) {
            ClientEvent known = cut;
            reporter.report(known == null ? unfinished.apply(connected) : known);
        }
        ClientEvent.SessionOpened opened = session.getAndSet(null);
        if (opened != null) {
            reporter.report(new ClientEvent.SessionEnded(opened.server(), opened.session()));
        }
    }

    private void troubled(int count, Throwable cause) {
        failures = count;
        lastTrouble = cause;
    }

    /** Logs the end as an error unless it is the peer's failure, which has been an event already. */
    private void reportEnd(ClientEvent.GaveUp gaveUp) {
        Throwable cause = gaveUp.cause();
        if (cause == lastTrouble || cause instanceof GaveUpException) {
            reporter.reportNotice(gaveUp);
        } else {
            reporter.reportBug("a client's handler or back-off failed", cause, gaveUp);
        }
    }

    /** The exception of a client whose {@code maxTime} is over. */
    GaveUpException outOfTime(Duration maxTime) {
        Throwable last = lastTrouble;
        return new GaveUpException(
                "gave up after " + Durations.text(maxTime) + " (maxTime)"
                        + (last == null ? "" : "; the last failure: " + SafeText.message(last)),
                last == null ? new RestreamException("no attempt has failed") : last);
    }

    /**
     * Reports the last events.
     *
     * @param gaveUp the failure, if no event has reported it yet; otherwise null
     */
    void closed(@Nullable Throwable gaveUp) {
        now = State.CLOSED;
        endWhatHasBegun();
        if (gaveUp != null) {
            reporter.reportNotice(new ClientEvent.GaveUp(attempt, failures, gaveUp));
        }
        reporter.reportLast(new ClientEvent.Closed());
    }

    /** The same on another thread: a listener that is still in an earlier event gets them when it returns. */
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
