package org.restream.internal.text;

/** Text that came from outside, made fit for a message or a log: no control characters, no invisible ones. */
public final class Printable {
    private static final int MAX_CHARS = 200;

    private Printable() {}

    /** For a part of a message: not too long either, what is spelled out included. */
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

    /** All of it, however long. */
    public static String whole(String text) {
        if (is(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> append(out, c));
        return out.toString();
    }

    /** Whether it is fit as it stands. */
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
            // no String.format: a stranger may have sent many
            String digits = Integer.toHexString(c);
            out.append("\\u")
                    .append("0".repeat(Math.max(0, 4 - digits.length())))
                    .append(digits);
        }
    }
}
