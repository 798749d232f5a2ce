package org.restream.internal.text;

/** Makes text from outside safe for a message or a log: control characters and invisible characters are escaped. */
public final class Printable {
    private static final int MAX_CHARS = 200;

    private Printable() {}

    /** The text for a part of a message: also shortened if it is too long, escapes included. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder();
        int shown = 0;
        for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
            int before = out.length();
            int c = text.codePointAt(at);
            append(out, c);
            shown += is(c) ? 1 : out.length() - before;
            if (shown > MAX_CHARS) {
                return out.replace(before, out.length(), "…").toString();
            }
        }
        return out.toString();
    }

    /** The whole text, however long it is. */
    public static String whole(String text) {
        if (is(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> append(out, c));
        return out.toString();
    }

    /** Whether the text needs no escapes. */
    static boolean is(String text) {
        return text.codePoints().allMatch(Printable::is);
    }

    private static boolean is(int c) {
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

    private static void append(StringBuilder out, int c) {
        if (is(c)) {
            out.appendCodePoint(c);
        } else {
            // not String.format, which is slow: a stranger may have sent many of them
            String digits = Integer.toHexString(c);
            out.append("\\u")
                    .append("0".repeat(Math.max(0, 4 - digits.length())))
                    .append(digits);
        }
    }
}
