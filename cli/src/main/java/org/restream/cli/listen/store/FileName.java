package org.restream.cli.listen.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.restream.cli.command.Printable;

/** Makes file names from outside safe: a name, never a path, and none that is hidden or looks like an option. */
final class FileName {
    /**
     * Characters that no name begins with. Somebody will use the names as arguments, as in {@code tar *}, and for some
     * programs the first character has a meaning: an option ({@code - +}), a file of options ({@code @}), a hidden file
     * ({@code .}), a home folder ({@code ~}), a command to run or a file to write ({@code | < >}), a part of the
     * shell's language, a pattern.
     */
    private static final String NEVER_FIRST = "-+@.~|<>=:%!#^&*?$;,`'\"";

    /** Leaves room for a number and for {@code .json} below the 255 bytes that file systems allow. */
    private static final int MOST_BYTES = 200;

    private FileName() {}

    /** The safe name that is closest to the text; empty if nothing is left of it. */
    static String safe(String text) {
        StringBuilder name = new StringBuilder(text.length());
        text.strip().codePoints().forEach(c -> {
            boolean leads = NEVER_FIRST.indexOf(c) >= 0 && name.chars().allMatch(before -> before == '_');
            boolean good = Printable.isSafe(c) && c != '/' && c != '\\' && !leads;
            name.appendCodePoint(good ? c : '_');
        });
        return knownToTheSystem(shortened(name.toString()));
    }

    /** The n-th name for a file: {@code dump.sql}, {@code dump-2.sql}, {@code dump-3.sql}… */
    static String numbered(String name, int n) {
        if (n == 1) {
            return name;
        }
        int dot = extension(name);
        return name.substring(0, dot) + "-" + n + name.substring(dot);
    }

    private static String shortened(String name) {
        if (bytes(name) <= MOST_BYTES) {
            return name;
        }
        String end = name.substring(extension(name));
        StringBuilder start = new StringBuilder();
        int left = MOST_BYTES - bytes(end);
        for (int i = 0; i < name.length(); ) {
            String c = Character.toString(name.codePointAt(i));
            left -= bytes(c);
            if (left < 0) {
                break;
            }
            start.append(c);
            i += c.length();
        }
        return start + end;
    }

    /** The index of the dot of its extension; the name's length if it has none, or one that is too long. */
    private static int extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && name.length() - dot <= 10 ? dot : name.length();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Replaces characters that the locale's charset does not have: Java could not pass such a name to the system. */
    private static String knownToTheSystem(String name) {
        try {
            return Path.of(name).toString();
        } catch (InvalidPathException e) {
            return name.codePoints()
                    .map(c -> c < 0x80 ? c : '_')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }
}
