package org.restream.reliability.blackbox;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What several cut attempts leave in one stdout: a prefix of the body each, one after the other. */
final class Beginnings {
    private static final Pattern PLACE = Pattern.compile("(differ|EOF).*?(?:byte|char) ([0-9]+)");

    /** By chance the next prefix may continue the one before for a byte or two. */
    private static final int CHANCE = 4;

    private final Part part;
    private final Path file;
    private final long to;

    private Beginnings(Part part, Path file, long to) {
        this.part = part;
        this.file = file;
        this.to = to;
    }

    /** Whether a piece of a file consists of such prefixes only. */
    static boolean isAll(Part part, Path file, long from, long to) {
        return new Beginnings(part, file, to).isAll(from);
    }

    private boolean isAll(long from) {
        if (from == to) {
            return true;
        }
        long common = common(from);
        for (long length = common; length > Math.max(0, common - CHANCE); length--) {
            if (isAll(from + length)) {
                return true;
            }
        }
        return false;
    }

    /** How many bytes from this position equal the beginning of the body, by the program cmp. */
    private long common(long from) {
        String piece = "tail -c +" + (from + 1) + " " + Programs.quoted(file) + " | head -c " + (to - from);
        String said =
                Programs.errors("env", "LC_ALL=C", "bash", "-c", "cmp <(" + piece + ") <(" + part.reading() + ")");
        Matcher place = PLACE.matcher(said);
        if (!place.find()) {
            return said.isEmpty() ? to - from : 0;
        }
        long number = Long.parseLong(place.group(2));
        return place.group(1).equals("differ") ? number - 1 : number;
    }
}
