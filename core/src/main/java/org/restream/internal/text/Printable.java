package org.restream.internal.text;

/** Text that came from outside, made fit for a message or a log: no control characters, no invisible ones. */
public final class Printable {
    private static final int MOST = 200;

    private Printable() {}

    /** For a part of a message: not too long either. */
    public static String of(String text) {
        if (text.codePointCount(0, text.length()) <= MOST) {
            return whole(text);
        }
        return whole(text.substring(0, text.offsetByCodePoints(0, MOST))) + '…';
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
