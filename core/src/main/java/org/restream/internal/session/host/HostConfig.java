package org.restream.internal.session.host;

import java.time.Duration;
import org.restream.internal.session.SessionConfig;

/**
 * What a server's sessions are held to.
 *
 * @param keep how long the exchanges of a session live on after its connection was lost, at most
 * @param exchanges how many exchanges of one session may be open at a time
 * @param sessions how many sessions there may be
 * @param sessionsPerAddress how many of one address
 * @param sessionsPerIdentity how many of clients with one key in their certificate
 * @param awayPerAddress how many of one address may wait for their client, before new ones are not kept after a loss
 * @param memory how many bytes may be granted to all sessions together
 * @param stallTimeout how long an answer may be held of which the client takes nothing; zero: any time
 * @param window the first limit of each request, in bytes
 * @param beat how often each side is heard while exchanges live
 * @param idleTimeout how long a connection may carry nothing; zero: any time
 * @param helloTimeout how long the first line may take; zero: any time
 */
public record HostConfig(
        Duration keep,
        int exchanges,
        int sessions,
        int sessionsPerAddress,
        int sessionsPerIdentity,
        int awayPerAddress,
        long memory,
        Duration stallTimeout,
        int window,
        Duration beat,
        Duration idleTimeout,
        Duration helloTimeout) {
    /** The most data in a frame that is asked for. */
    static final int MAX_FRAME = 64 * 1024;
    /** How much one exchange sends before the next one's turn. */
    static final int QUANTUM = 16 * 1024;
    /** What a window may grow to. */
    static final int MAX_WINDOW = 4 * 1024 * 1024;
    /** How much all windows of a session may grow together. */
    static final long GROWTH = 8 * 1024 * 1024;

    /** What one session is held to, of a client that takes so much data in a frame. */
    SessionConfig session(int peersMaxFrame) {
        return new SessionConfig(
                false, window, MAX_WINDOW, GROWTH, exchanges, QUANTUM, Math.min(peersMaxFrame, MAX_FRAME));
    }
}
