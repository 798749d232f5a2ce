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
            "0:Success.",
            "1:A local error: a port in use, a full disk, a file that can't be read.",
            "2:Wrong usage: an unknown option, or a value that is not allowed.",
            "3:It gave up, after --max-failures attempts or after --max-time, or no server takes what was asked for.",
            "4:An exchange was lost and can't be tried again, or the server has received something else.",
            "5:The server has refused the request. The message gives its reason.",
            "6:With send --session, nobody knows whether the server has received the request.",
            "129:SIGHUP.",
            "130:Ctrl-C.",
            "141:The reader of its standard output has stopped, as in '| head'.",
            "143:SIGTERM. But for a listen without --once that is a normal end, with status 0.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  A server that sends back what it receives, and one that stores it:",
            "    restream listen --echo",
            "    restream listen --host 0.0.0.0 --output /backup",
            "  Send a dump, and try again until it has arrived:",
            "    restream send --exec 'pg_dump db' -s backup:9967",
            "  Send a file; show the answer and its header:",
            "    restream send -i report.pdf",
            "  Run a server and a client, and print what they exchange:",
            "    restream demo",
            "  Show all options of a command:",
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
        // picocli would warn of an option that is given twice, which is allowed
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
    }

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        // our output is the same in every locale: digits, upper and lower case, word order
        Locale.setDefault(Locale.ROOT);
        // the default for signals, until a command sets its own: the JVM would exit with a status of its own
        Signals.each(Signals::dieBy);
        PrintWriter err = stderr();
        handleUncaught(err, args);
        int status = commandLine(args).setErr(err).execute(args);
        System.exit(
                status == ExitStatus.DONE
                        ? Stdout.status(System.out, line -> ErrorHandler.tell(err, args, line, null))
                        : status);
    }

    /** UTF-8 in every locale, also in that of a cron job: headers and events are data. */
    static PrintWriter stderr() {
        OutputStreamWriter err =
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8);
        return new PrintWriter(err, true);
    }

    /** A bug of ours, or no memory: one line, as for any other error. */
    static void handleUncaught(PrintWriter err, String... args) {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, e) -> ErrorHandler.tell(err, args, "an error in thread " + thread.getName() + ": " + e, e));
    }

    /** The parser for these arguments. If the first names a command, only that one is created, to save time. */
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
                // an operand is a file name, even if it begins with @: whoever chooses file names must not be able to
                // choose options
                .setExpandAtFiles(false)
                // the last of two counts, so that a caller can override the options that a script passes
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
