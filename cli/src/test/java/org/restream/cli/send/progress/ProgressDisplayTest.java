package org.restream.cli.send.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.restream.cli.console.StatusLine;
import org.restream.cli.send.body.Body;
import org.restream.cli.send.body.BodyReader;

class ProgressDisplayTest {
    private static final String ERASE = "\u001b[K";

    /** A body whose size can't be determined. */
    private static final class Broken implements Body {
        @Override
        public long size() {
            throw new StackOverflowError("a bug");
        }

        @Override
        public BodyReader reader() {
            throw new AssertionError("nobody reads it");
        }

        @Override
        public boolean canBeSentAgain() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void where_it_can_not_draw_it_makes_way_for_lines() {
        StringWriter err = new StringWriter();
        Progress progress = new Progress();
        Progress.Part part = progress.part(new Broken());
        StatusLine screen = new StatusLine(new PrintWriter(err, true));
        try (ProgressDisplay display = new ProgressDisplay(progress, screen, new ProgressLine(false), () -> 80)) {
            display.start();
            Awaitility.await().until(() -> !part.countsDown());
            screen.println("a line");
            assertThat(err.toString().lines()).last().isEqualTo("a line");
        }
    }

    @Test
    void when_the_terminals_width_has_changed_the_line_is_drawn_anew_at_once() {
        StringWriter err = new StringWriter();
        Progress progress = new Progress();
        AtomicInteger width = new AtomicInteger(60);
        AtomicInteger asked = new AtomicInteger();
        StatusLine screen = new StatusLine(new PrintWriter(err, true));
        ProgressLine line = new ProgressLine(false);
        try (ProgressDisplay display = new ProgressDisplay(progress, screen, line, () -> {
            asked.incrementAndGet();
            return width.get();
        })) {
            display.start();
            Awaitility.await().until(() -> lastLine(err).contains("] 100%"));
            int before = asked.get();
            width.set(20);
            display.resized();
            // no bar fits into so few columns; the width was asked for because of the resize only
            Awaitility.await().until(() -> lastLine(err).startsWith("100%"));
            assertThat(asked.get()).isEqualTo(before + 1);
        }
    }

    private static String lastLine(StringWriter err) {
        String all = err.toString();
        return all.substring(all.contains(ERASE) ? all.lastIndexOf(ERASE) + ERASE.length() : 0);
    }
}
