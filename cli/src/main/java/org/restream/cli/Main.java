package org.restream.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
        subcommands = {DemoCommand.class, SendCommand.class})
final class Main implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        // headers and events are data: whole in every locale, also in that of a cron job
        OutputStreamWriter err =
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8);
        System.exit(commandLine().setErr(new PrintWriter(err, true)).execute(args));
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
