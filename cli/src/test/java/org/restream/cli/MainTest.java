package org.restream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionIsTheOneOfTheBuild() {
        assertThat(restream("--version")).isZero();
        assertThat(out.toString()).matches("restream \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @Test
    void helpNamesTheCommands() {
        assertThat(restream("--help")).isZero();
        assertThat(out.toString()).contains("Usage: restream", "demo");
    }

    @Test
    void withoutACommandItSaysHowToUseIt() {
        assertThat(restream()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("which command?", "restream --help").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "send --", "listen", "listen --", "demo", "demo --", ""})
    void anArgumentThatBeginsWithAnAtSignIsNoFileOfArguments(String command, @TempDir Path folder) throws Exception {
        Path options = Files.writeString(folder.resolve("options"), "--version");
        List<String> args = new ArrayList<>(List.of(command.split(" ")));
        args.removeIf(String::isEmpty);
        args.add("@" + options);

        assertThat(restream(args.toArray(String[]::new))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("@" + options).hasLineCount(1);
    }

    @Test
    void helpIsWhatTheOptionSays() {
        assertThat(restream("help")).isZero();
        assertThat(restream("--help")).isZero();
        assertThat(restream("help", "send")).isZero();
        assertThat(restream("send", "--help")).isZero();
        String[] said = out.toString().split("(?=Usage: )");
        assertThat(said).hasSize(4);
        assertThat(said[1]).isEqualTo(said[0]).doesNotContain("  help");
        assertThat(said[3]).isEqualTo(said[2]).contains("restream send");
    }

    @Test
    void helpForNoCommandNamesIt() {
        assertThat(restream("help", "receive")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no command 'receive'").hasLineCount(1);
    }

    private int restream(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
