package org.restream.internal.exchange;

import java.time.Duration;
import java.util.function.Function;
import org.restream.internal.concurrent.Timer;

/**
 * What an exchange is held to, and what it runs on. Zero durations mean no limit.
 *
 * @param maxHeaderBytes the longest header that is taken
 * @param emptyAllowed whether a peer that ends without a byte has sent a message, an empty one
 * @param headerTimeout how long the peer's header may take
 * @param idleTimeout after what silence the connection is lost
 * @param timer the clock
 * @param threads makes a thread for work; not started
 */
public record Terms(
        int maxHeaderBytes,
        boolean emptyAllowed,
        Duration headerTimeout,
        Duration idleTimeout,
        Timer timer,
        Function<Runnable, Thread> threads) {}
