package org.restream.reliability.blackbox;

import java.nio.file.Path;

/**
 * One body to send.
 *
 * @param name the name in its header; empty if it has none
 * @param file the file that its producer reads
 * @param reading a shell command that prints the body
 * @param size its size by {@code wc}
 * @param sum its checksum by {@code sha256sum}
 */
record Part(String name, Path file, String reading, long size, String sum) {
    static Part of(String name, Path file, String reading) {
        long size = Long.parseLong(Programs.shell(reading + " | wc -c"));
        return new Part(name, file, reading, size, Sums.of(reading));
    }

    /** Whether a file is a prefix of it, or all of it. */
    boolean beginsWith(Path other, long otherSize) {
        return otherSize <= size && Sums.of(reading + " | head -c " + otherSize).equals(Sums.of(other));
    }
}
