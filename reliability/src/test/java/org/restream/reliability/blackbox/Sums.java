package org.restream.reliability.blackbox;

import java.nio.file.Path;

/** The judge: the program sha256sum. */
final class Sums {
    private Sums() {}

    /** Of what a shell's command prints. */
    static String of(String reading) {
        return Programs.shell(reading + " | sha256sum").replaceAll("\\s.*", "");
    }

    static String of(Path file) {
        return of("cat " + Programs.quoted(file));
    }

    /** Of a piece of a file. */
    static String of(Path file, long from, long size) {
        return of("tail -c +" + (from + 1) + " " + Programs.quoted(file) + " | head -c " + size);
    }
}
