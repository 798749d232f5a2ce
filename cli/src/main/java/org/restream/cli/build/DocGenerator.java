package org.restream.cli.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.restream.cli.Main;
import org.restream.cli.command.Version;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Generates the manual pages and the shell completion from the options. The build runs it, the command never does. */
final class DocGenerator {
    private DocGenerator() {}

    public static void main(String[] args) throws Exception {
        write(Path.of(args[0]), Main.commandLine().setUsageHelpAutoWidth(false).setUsageHelpWidth(72));
    }

    static void write(Path folder, CommandLine restream) throws Exception {
        String version = new Version().getVersion()[0];
        write(folder.resolve("man/man1/restream.1"), ManPage.of(restream, version));
        for (CommandLine command : restream.getSubcommands().values()) {
            if (command.getCommandSpec().usageMessage().hidden()) {
                continue;
            }
            write(folder.resolve("man/man1/restream-" + command.getCommandName() + ".1"), ManPage.of(command, version));
        }
        write(
                folder.resolve("bash-completion/completions/restream"),
                AutoComplete.bash(restream.getCommandName(), restream));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
