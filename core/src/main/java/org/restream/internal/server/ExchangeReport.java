package org.restream.internal.server;

import java.util.concurrent.atomic.AtomicBoolean;
import org.restream.RestreamException;
import org.restream.ServerEvent;
import org.restream.internal.event.EventReporter;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Reason;
import org.restream.internal.link.Peer;

/** Reports once what became of an exchange. */
final class ExchangeReport {
    private final EventReporter<ServerEvent> reporter;
    private final Peer peer;
    private final long number;
    private final AtomicBoolean reported = new AtomicBoolean();

    ExchangeReport(EventReporter<ServerEvent> reporter, Peer peer, long number) {
        this.reporter = reporter;
        this.peer = peer;
        this.number = number;
    }

    /** Whether anybody hears of it. */
    boolean isHeard() {
        return reporter.isHeard();
    }

    void outcome(Outcome outcome) {
        if (!reported.compareAndSet(false, true)) {
            return;
        }
        Reason reason = outcome.reason();
        Throwable cause = outcome.cause();
        if (reason == null || cause == null) {
            reporter.report(
                    outcome.refusal() == null
                            ? new ServerEvent.Completed(
                                    peer.peer(), number, outcome.bytesSent(), outcome.bytesReceived())
                            : failed(outcome.bytesSent(), outcome.bytesReceived(), outcome.refusal()));
            return;
        }
        switch (reason) {
            case EMPTY -> reporter.report(new ServerEvent.NoRequest(peer.peer()));
            case HANDSHAKE, HEADER -> reporter.report(new ServerEvent.Rejected(peer.peer(), cause));
            case HANDLER ->
                reporter.reportBug(
                        "a server's handler failed",
                        cause,
                        failed(outcome.bytesSent(), outcome.bytesReceived(), cause));
            // one of our clients resets when it has heard a refusal: that is why, not the loss
            default ->
                reporter.report(failed(
                        outcome.bytesSent(),
                        outcome.bytesReceived(),
                        outcome.refusal() == null ? cause : outcome.refusal()));
        }
    }

    /** It can't be served: neither the handler's nor the peer's fault. */
    void bug(Throwable cause) {
        if (reported.compareAndSet(false, true)) {
            reporter.reportBug("a connection can't be served", cause, failed(0, 0, cause));
        }
    }

    /** The handler does not return. */
    void givenUp(Exchange exchange) {
        if (reported.compareAndSet(false, true)) {
            reporter.report(failed(
                    exchange.bytesSent(),
                    exchange.bytesReceived(),
                    new RestreamException("the server was closed, and the handler has not returned")));
        }
    }

    /** The handler has done its part, but the client may not have the answer. */
    void undelivered(Outcome outcome, Throwable cause) {
        if (reported.compareAndSet(false, true)) {
            reporter.report(failed(outcome.bytesSent(), outcome.bytesReceived(), cause));
        }
    }

    /** Nothing of it is to be told: another has told it. */
    void none() {
        reported.set(true);
    }

    private ServerEvent failed(long sent, long received, Throwable cause) {
        return new ServerEvent.Failed(peer.peer(), number, sent, received, cause);
    }
}
