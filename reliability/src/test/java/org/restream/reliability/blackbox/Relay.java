package org.restream.reliability.blackbox;

/** What is between sender and receiver. */
enum Relay {
    NONE,
    SOCAT,
    HAPROXY,
    /** It makes a health check every 200 ms, by a connection without a byte. */
    HAPROXY_CHECKS,
    /** It has no server. */
    HAPROXY_DOWN,
    /** It closes connections that were silent for a second. */
    HAPROXY_TIMEOUT,
    /** One of ours, which passes everything on: bytes, ends and resets. */
    HONEST,
    /** Ours: a reset some ms after the connection was made. */
    RESETS,
    /** Ours: an end after a number of bytes. */
    CUT_FIN,
    /** Ours: a reset after a number of bytes. */
    CUT_RST,
    /** Ours: silence after a number of bytes, without an end. */
    SILENCE,
    /** Ours: one byte at a time. */
    BYTEWISE,
    /** Ours: delays each piece. */
    DELAY,
    /** Ours: closes both directions at the end of one. */
    FULL_CLOSE,
    /** Ours: turns a reset into an end. */
    RESET_TO_FIN;

    boolean isOurs() {
        return ordinal() >= HONEST.ordinal();
    }

    boolean isHaproxy() {
        return name().startsWith("HAPROXY");
    }

    /** Whether it may show one side an end that the other has not sent. */
    boolean makesEnds() {
        return this == SOCAT || isHaproxy() || this == CUT_FIN || this == FULL_CLOSE || this == RESET_TO_FIN;
    }
}
