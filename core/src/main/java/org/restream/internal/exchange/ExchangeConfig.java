package org.restream.internal.exchange;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.restream.internal.concurrent.Timer;

/**
 * The limits of an exchange, and the clock and threads that it uses.
 *
 * @param side the side of the exchange
 * @param maxHeaderBytes the longest header that is accepted
 * @param emptyAllowed whether a peer that ends without a byte has sent an empty message
 * @param refusals whether {@code refused} in an answer's header has the meaning of docs/wire.md
 * @param interrupts whether to interrupt a handler when its exchange is lost
 * @param timer the clock
 * @param threads creates a thread for work, not started
 * @param unheard is called with what a user's code throws when it is too late to report it otherwise
 */
public record ExchangeConfig(
        Side side,
        int maxHeaderBytes,
        boolean emptyAllowed,
        boolean refusals,
        boolean interrupts,
        Timer timer,
        Function<Runnable, Thread> threads,
        Consumer<Throwable> unheard) {
    /** The same, for a peer that has to send something. */
    public ExchangeConfig withoutEmpty() {
        return new ExchangeConfig(side, maxHeaderBytes, false, refusals, interrupts, timer, threads, unheard);
    }

    /** The two sides of an exchange. */
    public enum Side {
        /**
         * Sends the request. A whole answer completes the exchange, even if the server has not read the whole request.
         */
        CLIENT,
        /** Sends the answer, all of which the client has to read. */
        SERVER
    }

    /** How long after a handler's start or return a second thread begins to read, if the first has not done so. */
    static final Duration SECOND_THREAD_DELAY = Duration.ofMillis(10);
}
