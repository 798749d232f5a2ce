package org.restream.reliability.blackbox;

/** What stands between sender and receiver. */
enum Relay {
    NONE,
    SOCAT,
    HAPROXY,
    /** It asks every 200 ms whether the receiver is there, by a connection without one byte. */
    HAPROXY_CHECKS,
    /** Nobody is behind it. */
    HAPROXY_DOWN,
    /** It lets go of what was silent for a second. */
    HAPROXY_TIMEOUT,
    /** One of ours, which passes on all there is: bytes, ends and resets. */
    HONEST,
    /** Ours: a reset, some ms after the connection has been made, whatever came by then. */
    RESETS,
    /** Ours: after so many bytes an end. */
    CUT_FIN,
    /** Ours: after so many bytes a reset. */
    CUT_RST,
    /** Ours: after so many bytes nothing more, and no end. */
    SILENCE,
    /** Ours: each byte by itself. */
    BYTEWISE,
    /** Ours: each piece later. */
    DELAY,
    /** Ours: at the end of one direction it closes both. */
    FULL_CLOSE,
    /** Ours: of a reset it makes an end. */
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
