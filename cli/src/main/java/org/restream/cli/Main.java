package org.restream.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.restream.ServerAddress;
import org.restream.cli.command.DurationConverter;
import org.restream.cli.command.EmptyValues;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.command.HelpCommand;
import org.restream.cli.command.NumberConverters;
import org.restream.cli.command.ServerConverter;
import org.restream.cli.command.Version;
import org.restream.cli.console.ErrorHandler;
import org.restream.cli.console.Signals;
import org.restream.cli.console.Stdout;
import org.restream.cli.demo.DemoCommand;
import org.restream.cli.listen.ListenCommand;
import org.restream.cli.send.SendCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "restream",
        description = "A JSON header and a byte stream over a TCP connection that reconnects by itself.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:All is done.",
            "1:Trouble on this side: a taken port, a full disk, a file that can't be read.",
            "2:It was called wrongly.",
            "3:So many attempts failed in a row that it gave up.",
            "4:An exchange was lost and is not to be tried again, or the server has got something else.",
            "5:The server has refused the request, and said why.",
            "130:It died by Ctrl-C.",
            "141:Who reads its standard output has stopped, as in '| head'.",
            "143:It died by SIGTERM; but a listen that is stopped by it has ended well, with 0.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  A server that sends back what it gets, and one that stores it:",
            "    restream listen --echo",
            "    restream listen --host 0.0.0.0 --output /backup",
            "  Send a dump, and come back until it is there:",
            "    restream send --exec 'pg_dump db' -s backup:9967",
            "  Send a file; show the answer and its header:",
            "    restream send -i report.pdf",
            "  A server and a client, and what they say:",
            "    restream demo",
            "  All about one command:",
            "    restream send --help",
        })
public final class Main implements Callable<Integer> {
    private static final String HELP = "help";
    private static final Map<String, Supplier<Callable<Integer>>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("listen", ListenCommand::new);
        COMMANDS.put("send", SendCommand::new);
        COMMANDS.put("demo", DemoCommand::new);
        COMMANDS.put(HELP, HelpCommand::new);
        // what picocli warns of, an option given twice, is no news
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
    }

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        // what we say is the same in every locale: digits, upper and lower case, the order of words
        Locale.setDefault(Locale.ROOT);
        // until a command has something better to do: the JVM would end with a status of its own
        Signals.each(Signals::dieBy);
        PrintWriter err = stderr();
        handleUncaught(err, args);
        int status = commandLine(args).setErr(err).execute(args);
        System.exit(
                status == ExitStatus.DONE
                        ? Stdout.status(System.out, line -> ErrorHandler.tell(err, args, line, null))
                        : status);
    }

    /** Headers and events are data: whole in every locale, also in that of a cron job. */
    static PrintWriter stderr() {
        OutputStreamWriter err =
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8);
        return new PrintWriter(err, true);
    }

    /** A bug of ours, or no memory: one line, as of any other trouble. */
    static void handleUncaught(PrintWriter err, String... args) {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, e) -> ErrorHandler.tell(err, args, "an error in thread " + thread.getName() + ": " + e, e));
    }

    /** For these arguments: where the first names a command, the others are not made, since that takes time. */
    public static CommandLine commandLine(String... args) {
        boolean one = args.length > 0 && COMMANDS.containsKey(args[0]) && !args[0].equals(HELP);
        String named = one ? args[0] : null;
        CommandLine restream = new CommandLine(new Main());
        COMMANDS.forEach((name, command) -> {
            if (named == null || named.equals(name)) {
                restream.addSubcommand(name, command.get());
            }
        });
        NumberConverters.register(restream);
        ErrorHandler trouble = new ErrorHandler();
        return restream.registerConverter(Duration.class, new DurationConverter())
                .registerConverter(ServerAddress.class, new ServerConverter())
                // an operand is a file's name, also where it begins with @: who may choose names must not choose
                // options
                .setExpandAtFiles(false)
                // of an option given twice the last counts: who calls a script of somebody's may add to it
                .setOverwrittenOptionsAllowed(true)
                .setExecutionStrategy(new EmptyValues())
                .setParameterExceptionHandler(trouble)
                .setExecutionExceptionHandler(trouble);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which command? See restream --help");
    }
}
