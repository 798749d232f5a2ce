package org.restream.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code restream help send}, which many type instead of {@code restream send --help}. */
@Command(name = "help", description = "Prints the same as --help of a command.", hidden = true)
public final class HelpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command. Default: restream itself.")
    private String command = "";

    @Override
    public Integer call() {
        CommandLine restream = spec.commandLine().getParent();
        Map<String, CommandLine> all = restream.getSubcommands();
        CommandLine asked = command.isEmpty() ? restream : all.get(command);
        if (asked == null) {
            throw new ParameterException(
                    spec.commandLine(), "there is no command '" + Printable.of(command) + "', see restream --help");
        }
        asked.usage(restream.getOut());
        return ExitStatus.DONE;
    }
}
