package org.restream.internal.wire;

/** Text that came from outside, made fit for a message: no control characters, no invisible ones, not too long. */
public final class Printable {
    private static final int MOST = 200;

    private Printable() {}

    public static String of(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(MOST).forEach(c -> append(out, c));
        return text.codePointCount(0, text.length()) > MOST ? out.append('…').toString() : out.toString();
    }

    private static void append(StringBuilder out, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> out.append(String.format("\\u%04x", c));
            default -> out.appendCodePoint(c);
        }
    }
}
