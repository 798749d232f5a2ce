package org.restream.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrintableThrowableTest {
    private static final String HOSTILE = "\u001b[2J\r\n\u0000\u009b1m\u202e";

    private static String trace(Throwable thrown) {
        StringWriter out = new StringWriter();
        thrown.printStackTrace(new PrintWriter(out));
        return out.toString();
    }

    @Test
    void one_that_is_fit_stands_for_itself() {
        Exception fit = new IOException("ä 😀", new IllegalStateException());
        fit.addSuppressed(new IOException("fit too"));
        assertThat(PrintableThrowable.of(fit)).isSameAs(fit);
    }

    @Test
    void wherever_it_hides_it_is_spelled_out_and_the_rest_is_kept() {
        Exception deep = new IOException("deep " + HOSTILE);
        Exception beside = new IOException("beside " + HOSTILE);
        Exception outer = new IllegalStateException("outer", new IOException("between", deep));
        outer.addSuppressed(beside);
        String printed = trace(PrintableThrowable.of(outer));
        assertThat(printed)
                .contains("java.lang.IllegalStateException: outer")
                .contains("Caused by: java.io.IOException: between")
                .contains("Caused by: java.io.IOException: deep \\u001b[2J\\u000d\\u000a\\u0000\\u009b1m\\u202e")
                .contains("Suppressed: java.io.IOException: beside \\u001b[2J")
                .contains(getClass().getSimpleName() + ".java");
        assertThat(printed.replace(System.lineSeparator(), "").replace("\t", ""))
                .matches(text -> text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u202e'));
    }

    @Test
    void a_circle_of_causes_has_an_end() {
        Exception first = new IOException(HOSTILE);
        Exception second = new IOException("second", first);
        first.initCause(second);
        assertThat(trace(PrintableThrowable.of(second))).contains("second").doesNotContain(HOSTILE);
    }
}
