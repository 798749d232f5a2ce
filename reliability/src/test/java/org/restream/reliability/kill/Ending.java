package org.restream.reliability.kill;

/**
 * How a message ended for its receiver.
 *
 * @param end whether it saw a clean end, right or wrong
 * @param error whether it saw a reset, at the end or by a write after it
 * @param sha256 the SHA-256 of the body, in hexadecimal
 */
record Ending(boolean end, boolean error, String sha256) {
    boolean isReset() {
        return error && !end;
    }

    boolean isClean() {
        return end && !error;
    }
}
