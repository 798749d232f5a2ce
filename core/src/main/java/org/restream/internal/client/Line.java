package org.restream.internal.client;

import java.time.Duration;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.link.Link;
import org.restream.internal.link.Peer;
import org.restream.internal.reconnect.AttemptResult;

/** What the exchange of one attempt runs over: a connection, or a session. {@link #end} must follow. */
interface Line {
    Link link();

    Peer peer();

    /** The exchange is about to run; it has to hear of a loss that nobody reads. */
    void watch(Exchange exchange);

    /** What the outcome of the exchange means for the next attempt. */
    AttemptResult result(Outcome outcome, Duration duration);

    /** Whether the calling thread is one of the line's own, and runs a listener of events. */
    boolean isRunByCaller();

    /** The exchange has ended, or has not begun. */
    void end();
}
