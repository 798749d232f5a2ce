package org.restream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    /** One whose size can't be told. */
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
        try (ProgressDisplay display = new ProgressDisplay(progress, screen, new ProgressLine(false))) {
            display.start();
            Awaitility.await().until(() -> !part.countsDown());
            screen.println("a line");
            assertThat(err.toString().lines()).last().isEqualTo("a line");
        }
    }
}
