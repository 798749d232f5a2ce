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
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:All is done.",
            "1:Trouble on this side: a taken port, a full disk, a file that can't be read.",
            "2:It was called wrongly.",
            "3:So many attempts failed in a row that it gave up.",
            "4:An exchange was lost and is not to be tried again.",
            "130:Ctrl-C or SIGTERM.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  restream listen --echo             a server that sends back what it gets",
            "  restream listen --output /backup   … that stores it",
            "  restream demo                      a server and a client, and what they say",
            "  restream listen --help             all about one command",
        },
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
