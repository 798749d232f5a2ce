package org.restream.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** One clear line on stderr for each trouble; the stack trace only where {@code --debug} asks for it. */
final class Trouble implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        return tell(e.getCommandLine(), e, ExitStatus.USAGE, Arrays.asList(args));
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        int status = e instanceof CommandException known ? known.status() : ExitStatus.LOCAL;
        return tell(command, e, status, parsed.originalArgs());
    }

    private static int tell(CommandLine command, Exception e, int status, List<String> args) {
        if (status != ExitStatus.CLOSED_OUTPUT) {
            String name = command.getCommandSpec().qualifiedName();
            new EventLog(name, options(args), new StatusLine(command.getErr())).error(status, Causes.line(e), e);
        }
        return status;
    }

    /** As the user wrote them: where parsing has failed, nothing else knows them. */
    private static OutputOptions options(List<String> args) {
        OutputOptions options = new OutputOptions();
        options.debug = args.contains("--debug");
        int format = args.indexOf("--log-format");
        if (args.contains("--log-format=json")
                || (format >= 0 && args.subList(format + 1, args.size()).indexOf("json") == 0)) {
            options.logFormat = OutputOptions.LogFormat.json;
        }
        return options;
    }
}
