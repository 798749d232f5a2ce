package org.restream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {
    private static final int TERMINAL = 80;

    static List<String> commands() {
        return List.of("", "listen", "send", "demo");
    }

    private static CommandSpec spec(String command) {
        CommandLine top = Main.commandLine();
        return (command.isEmpty() ? top : top.getSubcommands().get(command)).getCommandSpec();
    }

    /** A longer line would be broken in the middle of an example. */
    @ParameterizedTest
    @MethodSource("commands")
    void its_examples_fit_a_terminal(String command) {
        assertThat(spec(command).usageMessage().footer())
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(TERMINAL));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void it_teaches_by_examples(String command) {
        StringWriter out = new StringWriter();
        String[] call = command.isEmpty() ? new String[] {"--help"} : new String[] {command, "--help"};
        assertThat(Main.commandLine().setOut(new PrintWriter(out)).execute(call))
                .isZero();
        assertThat(out.toString()).contains("restream " + command);
        assertThat(out.toString()).doesNotContainPattern("(?i)\\b(houses?|told|taken\\s+for|makes one)\\b");
    }

    @Test
    void it_names_each_status_of_send() {
        assertThat(String.join(" ", spec("send").usageMessage().footer()))
                .contains(
                        "0 success",
                        "1 local error",
                        "2 wrong",
                        "3 gave up",
                        "4 lost",
                        "5 refused",
                        "6 with",
                        "130 ",
                        "141 ");
    }

    @Test
    void the_command_names_each_status_too() {
        String help = Main.commandLine().getUsageMessage();
        for (String status : List.of("0", "1", "2", "3", "4", "5", "6", "129", "130", "141", "143")) {
            assertThat(help).containsPattern("\\R  " + status + " ");
        }
    }
}
