package org.restream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LogQueueTest {
    private final StringWriter written = new StringWriter();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    /** Behaves like a pipe that is full until somebody reads again. */
    private final Writer stalling = new Writer() {
        @Override
        public void write(char[] text, int offset, int length) {
            stalled.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            written.write(text, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private static LogQueue queue(Writer out, int most) {
        return new LogQueue(new PrintWriter(out), most, dropped -> "dropped " + dropped);
    }

    private List<String> lines() {
        return written.toString().lines().toList();
    }

    @Test
    void what_was_added_is_written_in_order_when_it_is_closed() {
        LogQueue queue = queue(written, 1_000_000);
        for (int i = 0; i < 1_000; i++) {
            queue.add("line " + i);
        }
        queue.close();
        assertThat(lines()).hasSize(1_000).startsWith("line 0").endsWith("line 999");
    }

    @Test
    void nobody_waits_for_a_reader_that_has_stalled_and_what_is_dropped_is_counted() throws Exception {
        LogQueue queue = queue(stalling, 30);
        queue.add("1234567890");
        stalled.await();
        queue.add("abcdefghij");
        queue.add("ABCDEFGHIJ");
        queue.add("dropped");
        queue.add("dropped too");
        queue.close();
        assertThat(lines()).isEmpty();
        mayGoOn.countDown();
        queue.close();
        assertThat(lines()).containsExactly("1234567890", "abcdefghij", "ABCDEFGHIJ", "dropped 2");
        queue.add("on it goes");
        queue.close();
        assertThat(lines()).endsWith("on it goes").hasSize(5);
    }

    @Test
    void a_line_longer_than_all_may_be_is_written_alone() {
        LogQueue queue = queue(written, 3);
        queue.add("1234567890");
        queue.close();
        assertThat(lines()).containsExactly("1234567890");
    }

    /** Throws for the lines that ask for it, like a bug, or a JVM without memory. */
    private final class Failing extends Writer {
        @Override
        public void write(char[] text, int offset, int length) {
            String part = new String(text, offset, length);
            if (part.startsWith("bug")) {
                throw new IllegalStateException("a bug");
            }
            if (part.startsWith("memory")) {
                throw new OutOfMemoryError("none left");
            }
            written.write(text, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void a_line_that_can_not_be_written_is_counted_and_the_next_ones_are_written() {
        LogQueue queue = queue(new Failing(), 1_000_000);
        queue.add("first");
        queue.add("bug");
        queue.add("memory");
        queue.add("last");
        queue.close();
        assertThat(lines()).startsWith("first").contains("last");
        assertThat(lines().stream()
                        .filter(line -> line.startsWith("dropped "))
                        .mapToInt(line -> Integer.parseInt(line.substring("dropped ".length())))
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void where_not_even_the_missing_ones_can_be_told_it_goes_on() {
        LogQueue queue = new LogQueue(new PrintWriter(new Failing()), 1_000_000, dropped -> {
            throw new IllegalStateException("another bug");
        });
        queue.add("bug");
        queue.add("last");
        queue.close();
        assertThat(lines()).containsExactly("last");
    }
}
