package org.restream.cli.command;

import java.util.HexFormat;

/** Text from outside, made fit for a terminal: no control characters, and none that can't be seen. */
public final class Printable {
    private static final HexFormat HEX = HexFormat.of();

    private Printable() {}

    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isSafe(c)) {
                out.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    out.append("\\u").append(HEX.toHexDigits(unit));
                }
            }
        });
        return out.toString();
    }

    /** Whether a terminal shows it, and nothing else happens. */
    public static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
