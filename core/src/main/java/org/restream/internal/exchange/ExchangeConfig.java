package org.restream.internal.exchange;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.restream.internal.concurrent.Timer;

/**
 * What an exchange is held to, and what it runs on.
 *
 * @param side whose end of the exchange it is
 * @param maxHeaderBytes the longest header that is taken
 * @param emptyAllowed whether a peer that ends without a byte has sent a message, an empty one
 * @param refusals whether {@code refused} in an answer's header means what docs/wire.md says
 * @param interrupts whether a handler is interrupted when its exchange is lost
 * @param timer the clock
 * @param threads makes a thread for work; not started
 * @param unheard is told what a user's code throws when nobody can be told any more
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
    /** The two ends. */
    public enum Side {
        /** Asks: a whole answer completes the exchange, even where the server has not taken all of the request. */
        CLIENT,
        /** Answers: the answer has to be taken whole. */
        SERVER
    }

    /** How long after a handler's start or return a second thread reads, where the first has not come to it. */
    static final Duration SECOND_THREAD_DELAY = Duration.ofMillis(10);
}
