package org.restream.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.restream.ServerAddress;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "restream",
        description = "A JSON header and a byte stream, over a TCP connection that gets itself back.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {ListenCommand.class, DemoCommand.class})
final class Main implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        Trouble trouble = new Trouble();
        return new CommandLine(new Main())
                .registerConverter(Duration.class, new DurationConverter())
                .registerConverter(ServerAddress.class, new ServerConverter())
                .setParameterExceptionHandler(trouble)
                .setExecutionExceptionHandler(trouble);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which command? See restream --help");
    }
}
