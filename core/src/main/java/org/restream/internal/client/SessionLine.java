package org.restream.internal.client;

import java.io.IOException;
import java.time.Duration;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Reason;
import org.restream.internal.link.Link;
import org.restream.internal.link.Peer;
import org.restream.internal.reconnect.AttemptResult;
import org.restream.internal.session.client.SingleSession;

/** A session that carries one exchange: only the session's end, or the server, can end it early. */
final class SessionLine implements Line {
    private final SingleSession session;
    private boolean complete;

    SessionLine(SingleSession session) {
        this.session = session;
    }

    @Override
    public Link link() {
        return session.link();
    }

    @Override
    public Peer peer() {
        return session.link();
    }

    /** The link itself tells who reads, and a dead connection is no loss. */
    @Override
    public void watch(Exchange exchange) {}

    @Override
    public AttemptResult result(Outcome outcome, Duration duration) {
        complete = outcome.isComplete();
        AttemptResult result = Results.of(outcome, duration);
        Reason reason = outcome.reason();
        // of a failed read or write the session knows the reason
        if (result instanceof AttemptResult.Lost lost
                && (reason == Reason.CONNECTION || reason == Reason.STOPPED_READING || reason == Reason.EMPTY)) {
            IOException told = session.failure(lost.cause());
            if (told != null) {
                return new AttemptResult.Lost(
                        told, lost.kind(), lost.peerSpoke(), lost.bytesSent(), lost.bytesReceived(), duration);
            }
        }
        return result;
    }

    @Override
    public boolean isRunByCaller() {
        return session.isRunByCaller();
    }

    @Override
    public void end() {
        session.end(complete);
    }
}
