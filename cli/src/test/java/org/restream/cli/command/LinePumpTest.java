package org.restream.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinePumpTest {
    private final List<String> told = new ArrayList<>();

    private void pump(String text, LinePump pump) throws Exception {
        assertThat(text).isNotEmpty();
        pump.run();
    }

    private LinePump of(String text) {
        return new LinePump(Channels.newChannel(new ByteArrayInputStream(text.getBytes(UTF_8))), this::tell);
    }

    private void tell(String line) {
        if (line.equals("bug")) {
            throw new IllegalStateException("a bug");
        }
        if (line.equals("memory")) {
            throw new OutOfMemoryError("none left");
        }
        told.add(line);
    }

    @Test
    void a_line_that_can_not_be_told_is_named_and_the_next_ones_are_told() throws Exception {
        String text = "first\nbug\nmemory\nlast\nno end";
        pump(text, of(text));
        assertThat(told)
                .containsExactly(
                        "first",
                        "a line is missing here: java.lang.IllegalStateException: a bug",
                        "a line is missing here: java.lang.OutOfMemoryError: none left",
                        "last",
                        "no end");
    }
}
