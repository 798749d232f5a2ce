package org.restream.reliability.blackbox;

import java.nio.file.Path;

/**
 * What goes in: one body.
 *
 * @param name in its header; empty if it has none
 * @param file what its producer reads
 * @param reading the shell's command that prints the body
 * @param size as {@code wc} counts it
 * @param sum as {@code sha256sum} sums it up
 */
record Part(String name, Path file, String reading, long size, String sum) {
    static Part of(String name, Path file, String reading) {
        long size = Long.parseLong(Programs.shell(reading + " | wc -c"));
        return new Part(name, file, reading, size, Sums.of(reading));
    }

    /** Whether a file is a beginning of it, or all of it. */
    boolean beginsWith(Path other, long otherSize) {
        return otherSize <= size && Sums.of(reading + " | head -c " + otherSize).equals(Sums.of(other));
    }
}
