package org.restream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.restream.ConnectionLostException;
import org.restream.cli.Main;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

class DemoTest {
    private static final String LINES = """
            SERVER header {"hello":"alice","this":"is bob"}
            SERVER message "this is body chunks.  and it will stream and stream\\nbecause there is no I in example.\\n"
            SERVER end
            CLIENT header {"well":"that was fun"}
            CLIENT message "ok, goodbye, now"
            CLIENT end
            """;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final StringWriter err = new StringWriter();

    @RepeatedTest(20)
    void it_prints_these_six_lines_each_time() throws Exception {
        Demo.run(out);

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines(LINES);
    }

    @Test
    void it_ends_when_its_time_is_up() {
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> Demo.run(out, Duration.ZERO));
    }

    @Test
    void the_command_succeeds_without_a_word_on_stderr() {
        PrintStream stdout = System.out;
        System.setOut(out);
        try {
            assertThat(Main.commandLine().setErr(new PrintWriter(err, true)).execute("demo"))
                    .isEqualTo(ExitCode.OK);
        } finally {
            System.setOut(stdout);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines(LINES);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_demo_out_of_time_is_one_line_on_stderr() {
        assertThat(demo(ignored -> Demo.run(out, Duration.ZERO))).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines("restream demo: the server and the client did not finish in time\n");
    }

    @Test
    void a_loss_is_one_line_on_stderr_which_names_it() {
        Exception lost = new ExecutionException(new ConnectionLostException("lost before the header\nand more", null));

        assertThat(demo(ignored -> {
                    throw lost;
                }))
                .isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "restream demo: org.restream.ConnectionLostException: lost before the header\n");
    }

    private int demo(DemoCommand.Show show) {
        return new CommandLine(new DemoCommand(show))
                .setErr(new PrintWriter(err, true))
                .execute();
    }
}
