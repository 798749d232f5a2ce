package org.restream.reliability.blackbox;

/** What is sent, and how fast it is produced. */
enum Source {
    /** {@code send FILE}. */
    FILE,
    /** {@code send -j N FILE FILE …}. */
    FILES,
    /** {@code send < FILE}. */
    REDIRECT,
    /** {@code cat FILE | send -}. */
    DASH,
    /** {@code cat FILE | send}. */
    CAT,
    /** {@code head -c N /dev/zero | send}. */
    ZERO,
    /** {@code gzip -c FILE | send}. */
    GZIP,
    /** {@code send <(cat FILE)}. */
    SUBSTITUTION,
    /** {@code send FIFO}. */
    FIFO,
    /** Pieces of one size, with a pause after each. */
    PIECES,
    /** One byte at a time. */
    BYTES,
    /** Pieces and pauses of any length. */
    BURSTS,
    /** One half, a pause, the other. */
    STALL,
    /** A producer that is killed after its last byte, which for a pipe is an end. */
    DIES,
    /** {@code send --exec 'cat FILE'}. */
    EXEC,
    /** The same with a command that fails after writing everything: nothing of it counts. */
    EXEC_FAILS,
    /** {@code send <&-}. */
    CLOSED;

    /** Whether the header has the file's name. */
    boolean hasName() {
        return this == FILE || this == FILES;
    }

    /** Whether the header has the size, because the command reads a regular file. */
    boolean hasSize() {
        return hasName() || this == REDIRECT;
    }

    /** Whether this process writes the bytes to the command's stdin. */
    boolean isFed() {
        return this == PIECES || this == BYTES || this == BURSTS || this == STALL;
    }
}
