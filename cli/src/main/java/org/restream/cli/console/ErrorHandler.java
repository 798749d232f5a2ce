package org.restream.cli.console;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints one line on stderr for each error, and its stack trace only with {@code --debug}. */
public final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final String FORMAT = "--log-format";

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        return tell(e.getCommandLine(), hinted(e), ExitStatus.USAGE, Arrays.asList(args));
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        int status = e instanceof CommandException known ? known.status() : ExitStatus.LOCAL;
        return tell(command, e, status, parsed.originalArgs());
    }

    /**
     * Reports an error outside of any command.
     *
     * @param args the command line, which decides the format
     */
    public static void tell(PrintWriter err, String[] args, String line, @Nullable Throwable cause) {
        EventLog.of("restream", options(Arrays.asList(args)), err).error(ExitStatus.LOCAL, line, cause);
    }

    /** Adds a hint to {@code listen 9967}, which is how other tools take the port. */
    private static Exception hinted(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().size() == 1) {
            String word = unmatched.getUnmatched().get(0);
            if (word.matches("[0-9]{1,5}")
                    && e.getCommandLine().getCommandSpec().findOption("--port") != null) {
                return new ParameterException(e.getCommandLine(), e.getMessage() + "; give a port as -p " + word);
            }
        }
        return e;
    }

    private static int tell(CommandLine command, Exception e, int status, List<String> args) {
        if (status != ExitStatus.CLOSED_OUTPUT) {
            String name = command.getCommandSpec().qualifiedName();
            EventLog.of(name, options(args), command.getErr()).error(status, Causes.line(e), e);
        }
        return status;
    }

    /** Reads the output options from the raw arguments, because parsing may have failed. */
    private static OutputOptions options(List<String> args) {
        OutputOptions options = new OutputOptions();
        options.debug = args.contains("--debug");
        int end = args.contains("--") ? args.indexOf("--") : args.size();
        for (int i = 0; i < end; i++) {
            String next = i + 1 < end ? args.get(i + 1) : "";
            setFormat(options, args.get(i).equals(FORMAT) ? FORMAT + "=" + next : args.get(i));
        }
        return options;
    }

    private static void setFormat(OutputOptions options, String arg) {
        for (OutputOptions.LogFormat format : OutputOptions.LogFormat.values()) {
            if (arg.equals(FORMAT + "=" + format)) {
                options.logFormat = format;
            }
        }
    }
}
