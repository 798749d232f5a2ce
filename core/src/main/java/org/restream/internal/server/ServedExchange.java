package org.restream.internal.server;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.RestreamServer.Handler;
import org.restream.internal.concurrent.SerialRunner;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.concurrent.UserContext;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.ExchangeConfig;
import org.restream.internal.exchange.ExchangePeer;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Reason;
import org.restream.internal.link.Peer;
import org.restream.internal.server.dispatch.QueuedExchange;
import org.restream.internal.session.carrier.SessionLink;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.text.SafeText;

/** An exchange of a session: runs its handler, and reports what became of it once the client has the answer. */
final class ServedExchange implements Served, QueuedExchange {
    private static final String LATE = "its time was over";

    private final SessionLink link;
    private final long number;
    private final Handler handler;
    private final UserContext context;
    private final Exchange exchange;
    private final ExchangeReport report;
    private final Runnable returned;
    private final SerialRunner events;
    private final Consumer<Served> over;
    private final Timer.Task deadline;

    /**
     * @param context that of its handler
     * @param deadlineMillis how much time is left for it; 0: any
     * @param returned is run once, when its handler has returned
     * @param events runs what calls the user's listener, on a thread that may wait for it
     * @param over is told once, when it is over and has been reported
     */
    ServedExchange(
            SessionLink link,
            Peer peer,
            long number,
            Handler handler,
            UserContext context,
            ExchangeConfig config,
            Duration headerTimeout,
            int deadlineMillis,
            ExchangeReport report,
            Runnable returned,
            SerialRunner events,
            Consumer<Served> over) {
        this.link = link;
        this.number = number;
        this.handler = handler;
        this.context = context;
        this.report = report;
        this.returned = returned;
        this.events = events;
        this.over = over;
        exchange = new Exchange(link, new ExchangePeer(peer, number), config, headerTimeout);
        deadline = deadlineMillis == 0
                ? Timer.Task.NONE
                : config.timer().after(Duration.ofMillis(deadlineMillis), this::late);
    }

    private void late() {
        // the reason first, since a thread that waits for the link records what it hears
        exchange.cancel(Reason.LIMIT, LATE, () -> link.abort(CutCode.DEADLINE, LATE));
    }

    @Override
    public void run(Runnable waits) {
        link.onWait(waits);
        ClassLoader before = context.enter();
        try {
            serve();
        } finally {
            UserContext.leave(before);
        }
    }

    private void serve() {
        Outcome outcome = null;
        try {
            link.onCut(why -> exchange.cancel(Reason.ofLoss(why), SafeText.message(why)));
            report.begins();
            outcome = exchange.run(new HandlerCall(handler, exchange));
        } catch (Throwable e) {
            report.bug(e);
        } finally {
            Thread.interrupted();
            deadline.cancel();
            returned.run();
            handlerReturned(outcome);
        }
    }

    @Override
    public void refuse() {
        deadline.cancel();
        returned.run();
        link.refuse("there is no thread for it");
        over.accept(this);
    }

    private void handlerReturned(@Nullable Outcome outcome) {
        if (outcome != null && outcome.isComplete()) {
            if (report.isHeard()) {
                // a listener that is slow slows the client down, which can't open more than there are places
                events.awaitRoom();
            }
            link.handlerReturned(why -> delivered(outcome, why));
        } else {
            link.handlerReturned();
            if (outcome != null) {
                report.outcome(outcome);
            }
            over.accept(this);
        }
    }

    /** The client has the answer; or, where there is a reason, may not. On any thread, also the session's reader. */
    private void delivered(Outcome outcome, @Nullable IOException why) {
        if (report.isHeard()) {
            events.run(() -> {
                report(outcome, why);
                over.accept(this);
            });
        } else {
            over.accept(this);
        }
    }

    private void report(Outcome outcome, @Nullable IOException why) {
        if (why == null) {
            report.outcome(outcome);
        } else {
            report.undelivered(outcome, why);
        }
    }

    /** Sets of exchanges ask for it; that of the object itself the JVM has to make, by a slow call. */
    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public void cancel(String why) {
        exchange.cancel(Reason.CLOSED, why, () -> link.abort(CutCode.SHUTDOWN, why));
    }

    @Override
    public void giveUp() {
        report.givenUp(exchange);
    }

    @Override
    public boolean isRunByCaller() {
        return exchange.isRunByCaller();
    }
}
