package org.restream.internal.exchange;

import java.time.Duration;
import java.util.function.Function;
import org.restream.internal.concurrent.Timer;

/**
 * What an exchange is held to, and what it runs on. Zero durations mean no limit.
 *
 * @param maxHeaderBytes the longest header that is taken
 * @param headerTimeout how long the peer's header may take
 * @param idleTimeout after what silence the connection is lost
 * @param lingerTimeout how long what nobody reads is read and dropped, once our message has ended
 * @param timer the clock
 * @param threads makes a thread for work; not started
 */
public record Terms(
        int maxHeaderBytes,
        Duration headerTimeout,
        Duration idleTimeout,
        Duration lingerTimeout,
        Timer timer,
        Function<Runnable, Thread> threads) {}
