package org.restream.reliability.kill;

/**
 * How what a receiver took came to its end.
 *
 * @param end whether it was told of a clean end, rightly or not
 * @param error whether it was told of a reset, at the end or by the write after it
 * @param sha256 of the body, in hexadecimal
 */
record Ending(boolean end, boolean error, String sha256) {
    boolean isReset() {
        return error && !end;
    }

    boolean isClean() {
        return end && !error;
    }
}
