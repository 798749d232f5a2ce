package org.restream.internal.session;

/**
 * What one side of a session is held to.
 *
 * @param client whether this side opens the exchanges
 * @param window the first limit of the peer's message in each exchange, in bytes
 * @param maxWindow what a window may grow to, in bytes
 * @param growth how much all windows of the session may grow together, in bytes
 * @param exchanges a server: how many exchanges may be open at a time
 * @param quantum how much one exchange sends before the next one's turn, in bytes
 * @param maxFrame the largest D frame's data, in bytes
 */
public record SessionConfig(
        boolean client, int window, int maxWindow, long growth, int exchanges, int quantum, int maxFrame) {
    /** An exchange may always hold so many unacknowledged bytes. */
    static final int OWN_UNACKED = 16 * 1024;
    /** So many it may hold before the peer allows it to send them, where there is memory. */
    static final int MIN_UNACKED = 64 * 1024;
    /** No exchange holds more unacknowledged bytes. */
    static final int MAX_UNACKED = 4 * 1024 * 1024;
    /** No exchange holds more bytes that have not been sent: to be further ahead only needs memory, and its bytes leave the caches. */
    static final int MAX_UNSENT = 512 * 1024;
    /** After so many bytes an ack is due at once. */
    static final int ACK_BYTES = 128 * 1024;
    /** After so many where more have come already, since each ack wakes both sides. */
    static final int FLOWING_ACK_BYTES = 2 * ACK_BYTES;

    /** How many exchanges may be open at first; where a client needs more, and there is memory for them, it gets more. */
    static final int FIRST_PLACES = 16;

    /** What a server has to hold for an exchange that may be opened: what it grants at first, and its own answer's first bytes. */
    public long memoryOfPlace() {
        return (long) window + OWN_UNACKED;
    }

    /** How many exchanges may be open at first, where memory is not short. */
    public int firstPlaces() {
        return Math.min(exchanges, FIRST_PLACES);
    }
}
