package org.restream.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Checks that text for logs and terminals is harmless. */
public final class ShownText {
    private ShownText() {}

    /** Checks a throwable with its stack trace and causes, as a logger would print it. */
    public static void isHarmless(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        String text = trace.toString();
        // line ends and tabs of the trace are from the printer; a message must not have any
        isHarmless(text.replace("\r\n", "").replace("\n", "").replace("\t", ""));
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            isHarmless(String.valueOf(one.getMessage()));
        }
    }

    /** No control characters, and none that are invisible or change the order of others. */
    public static void isHarmless(String text) {
        assertThat(text.codePoints().filter(ShownText::acts).mapToObj(Integer::toHexString))
                .as("in %s", text)
                .isEmpty();
    }

    private static boolean acts(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
