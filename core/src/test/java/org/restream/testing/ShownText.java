package org.restream.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What is shown to people, in logs and on terminals, and must do nothing to them. */
public final class ShownText {
    private ShownText() {}

    /** With its stack trace and its causes, as a logger would print it. */
    public static void isHarmless(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        String text = trace.toString();
        // the line ends and tabs of the trace are the printer's own; those of a message are not
        isHarmless(text.replace("\r\n", "").replace("\n", "").replace("\t", ""));
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            isHarmless(String.valueOf(one.getMessage()));
        }
    }

    /** No control characters, and none that can't be seen or change the order of others. */
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
