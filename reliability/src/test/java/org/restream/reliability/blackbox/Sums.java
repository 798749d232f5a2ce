package org.restream.reliability.blackbox;

import java.nio.file.Path;

/** Checksums by the program sha256sum. */
final class Sums {
    private Sums() {}

    /** The checksum of a shell command's output. */
    static String of(String reading) {
        return Programs.shell(reading + " | sha256sum").replaceAll("\\s.*", "");
    }

    static String of(Path file) {
        return of("cat " + Programs.quoted(file));
    }

    /** The checksum of a piece of a file. */
    static String of(Path file, long from, long size) {
        return of("tail -c +" + (from + 1) + " " + Programs.quoted(file) + " | head -c " + size);
    }
}
