package org.restream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private static final String ERASE = "\r\u001b[K";
    private static final String NL = System.lineSeparator();

    private final StringWriter err = new StringWriter();
    private final StatusLine screen = new StatusLine(new PrintWriter(err));

    @Test
    void a_line_takes_the_place_of_the_last() {
        screen.show("1");
        screen.show("2");
        assertThat(err).hasToString(ERASE + "1" + ERASE + "2");
    }

    @Test
    void what_is_printed_stands_above() {
        screen.println("first");
        screen.show("1");
        screen.println("second");
        assertThat(err).hasToString("first" + NL + ERASE + "1" + ERASE + "second" + NL);
    }

    @Test
    void closed_it_is_gone_for_good() {
        screen.show("1");
        screen.close();
        screen.show("2");
        screen.close();
        screen.println("last");
        assertThat(err).hasToString(ERASE + "1" + ERASE + "last" + NL);
    }

    @Test
    void without_a_line_nothing_of_a_terminal_is_written() {
        screen.close();
        assertThat(err).hasToString("");
    }
}
