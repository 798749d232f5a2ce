package org.restream.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.cli.Main;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual and the completion are generated from the options. */
class DocGeneratorTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        DocGenerator.write(folder, Main.commandLine());
    }

    @Test
    void each_command_has_a_page_with_all_its_options() throws Exception {
        for (String name : List.of("listen", "send", "demo")) {
            CommandLine command = Main.commandLine().getSubcommands().get(name);
            String page = Files.readString(folder.resolve("man/man1/restream-" + name + ".1"));
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(page)
                        .contains("\n\\fB" + String.join(", ", option.names()).replace("-", "\\-"));
            }
        }
    }

    @Test
    void the_first_page_has_commands_examples_and_exit_status() throws Exception {
        assertThat(Files.readString(folder.resolve("man/man1/restream.1")))
                .startsWith(".TH RESTREAM 1")
                .contains(".SH COMMANDS", "restream\\-listen(1)", ".SH EXAMPLES", ".SH EXIT STATUS", "\\fB130\\fR");
    }

    @Test
    void the_formatter_has_nothing_to_complain_of() throws Exception {
        for (Path page : pages()) {
            Process groff = start("groff", "-man", "-Tutf8", "-ww", "-z", page.toString());
            assertThat(new String(groff.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .as("%s", page)
                    .isEmpty();
            assertThat(groff.waitFor()).isZero();
        }
    }

    @Test
    void the_completion_completes_commands_and_options() throws Exception {
        String script = "source " + folder.resolve("bash-completion/completions/restream")
                + "; COMP_WORDS=(restream listen --ech); COMP_CWORD=2; COMP_LINE='restream listen --ech'; COMP_POINT=21"
                + "; _complete_restream 2>/dev/null; echo \"${COMPREPLY[@]}\"";
        Process bash = start("bash", "-c", script);
        assertThat(new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip())
                .isEqualTo("--echo");
    }

    private List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(folder.resolve("man/man1"))) {
            return pages.toList();
        }
    }

    private static Process start(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, command[0] + " is not here");
            throw new AssertionError(e);
        }
    }
}
