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

/** One clear line on stderr for each trouble; the stack trace only where {@code --debug} asks for it. */
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
     * What no command is there to tell.
     *
     * @param args as the user wrote them: they say how
     */
    public static void tell(PrintWriter err, String[] args, String line, @Nullable Throwable cause) {
        EventLog.of("restream", options(Arrays.asList(args)), err).error(ExitStatus.LOCAL, line, cause);
    }

    /** {@code listen 9967} is what those write who come from other tools. */
    private static Exception hinted(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().size() == 1) {
            String word = unmatched.getUnmatched().get(0);
            if (word.matches("[0-9]{1,5}")
                    && e.getCommandLine().getCommandSpec().findOption("--port") != null) {
                return new ParameterException(e.getCommandLine(), e.getMessage() + "; a port is given as -p " + word);
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

    /** As the user wrote them: where parsing has failed, nothing else knows them. */
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
