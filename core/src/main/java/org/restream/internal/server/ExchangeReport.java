package org.restream.internal.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.restream.FailureKind;
import org.restream.Refusal;
import org.restream.RestreamException;
import org.restream.ServerEvent;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.event.EventReporter;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.ExchangeBytes;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Reason;
import org.restream.internal.jfr.ExchangeFlight;
import org.restream.internal.jfr.Flight;
import org.restream.internal.link.Peer;

/** Reports once that an exchange begins, and once what became of it. */
final class ExchangeReport {
    private static final ExchangeBytes NONE = new ExchangeBytes(0, 0);

    private final EventReporter<ServerEvent> reporter;
    private final Peer peer;
    private final long number;
    /** Guarded by this, like the next three; there are many of these, so they are no objects. */
    private boolean begun;

    private boolean reported;
    private long since = Timer.system().nanoTime();
    private ExchangeFlight flight = ExchangeFlight.NONE;

    ExchangeReport(EventReporter<ServerEvent> reporter, Peer peer, long number) {
        this.reporter = reporter;
        this.peer = peer;
        this.number = number;
    }

    /** What becomes of a connection whose address may have no more. */
    static ServerEvent tooMany(InetSocketAddress peer, int most) {
        String why =
                peer.getAddress().getHostAddress() + " has " + most + " connections already (maxConnectionsPerAddress)";
        return new ServerEvent.Rejected(peer, 0, FailureKind.ADDRESS_LIMIT, new RestreamException(why));
    }

    /** Its handler is about to be called. */
    void begins() {
        synchronized (this) {
            if (begun) {
                return;
            }
            begun = true;
            since = Timer.system().nanoTime();
            flight = Flight.exchange(ExchangeFlight.Side.SERVER);
        }
        reporter.report(new ServerEvent.Began(peer.peer(), number));
    }

    /** Whether its end is to be reported now. */
    private synchronized boolean ends() {
        boolean first = !reported;
        reported = true;
        return first;
    }

    /** Whether anybody hears of it. */
    boolean isHeard() {
        return reporter.isHeard();
    }

    void outcome(Outcome outcome) {
        if (!ends()) {
            return;
        }
        Reason reason = outcome.reason();
        Throwable cause = outcome.cause();
        ExchangeBytes bytes = bytes(outcome);
        if (reason == null || cause == null) {
            Refusal refusal = outcome.refusal();
            reporter.report(refusal == null ? completed(bytes) : failed(bytes, FailureKind.REFUSED, refusal));
            return;
        }
        switch (reason) {
            case EMPTY -> reporter.report(new ServerEvent.NoRequest(peer.peer(), numberIfBegun()));
            case HANDSHAKE, HEADER ->
                reporter.report(new ServerEvent.Rejected(peer.peer(), numberIfBegun(), reason.kind(), cause));
            case HANDLER ->
                reporter.reportBug("a server's handler failed", cause, failed(bytes, FailureKind.HANDLER, cause));
            // one of our clients resets when it has heard a refusal: that is why, not the loss
            default -> {
                Refusal refusal = outcome.refusal();
                reporter.report(
                        refusal == null
                                ? failed(bytes, reason.kind(), cause)
                                : failed(bytes, FailureKind.REFUSED, refusal));
            }
        }
    }

    /** What came is no request of its. */
    void noRequest() {
        if (ends()) {
            reporter.report(new ServerEvent.NoRequest(peer.peer(), numberIfBegun()));
        }
    }

    /** It can't be served: neither the handler's nor the peer's fault. */
    void bug(Throwable cause) {
        if (ends()) {
            reporter.reportBug("a connection can't be served", cause, failed(NONE, FailureKind.HANDLER, cause));
        }
    }

    /** The handler does not return. */
    void givenUp(Exchange exchange) {
        if (ends()) {
            reporter.report(failed(
                    exchange.bytes(),
                    FailureKind.CLOSED,
                    new RestreamException("the server was closed, and the handler has not returned")));
        }
    }

    /** The handler has done its part, but the client may not have the answer. */
    void undelivered(Outcome outcome, Throwable cause) {
        if (ends()) {
            reporter.report(failed(bytes(outcome), FailureKind.SESSION, cause));
        }
    }

    /** Nothing of it is to be told: another has told it. */
    void none() {
        boolean unused = ends();
    }

    private static ExchangeBytes bytes(Outcome outcome) {
        return new ExchangeBytes(outcome.bytesSent(), outcome.bytesReceived());
    }

    private synchronized long numberIfBegun() {
        return begun ? number : 0;
    }

    private ServerEvent completed(ExchangeBytes bytes) {
        begins();
        flight.ended(peer, number, bytes.sent(), bytes.received(), null, null);
        return new ServerEvent.Completed(peer.peer(), number, bytes.sent(), bytes.received(), taken());
    }

    /** Whoever counts finds a beginning for each end, also where no handler could be called. */
    private ServerEvent failed(ExchangeBytes bytes, FailureKind kind, Throwable cause) {
        begins();
        flight.ended(peer, number, bytes.sent(), bytes.received(), kind, cause);
        return new ServerEvent.Failed(peer.peer(), number, bytes.sent(), bytes.received(), taken(), kind, cause);
    }

    private synchronized Duration taken() {
        return Duration.ofNanos(Timer.system().nanoTime() - since);
    }
}
