package org.restream.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** One clear line on stderr for each trouble; the stack trace only where {@code --debug} asks for it. */
final class Trouble implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        return tell(e.getCommandLine(), e, ExitStatus.USAGE, Arrays.asList(args).contains("--debug"));
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        int status = e instanceof CommandException known ? known.status() : ExitStatus.LOCAL;
        return tell(command, e, status, parsed.hasMatchedOption("--debug"));
    }

    private static int tell(CommandLine command, Exception e, int status, boolean debug) {
        String line = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + Printable.of(line));
        if (debug) {
            e.printStackTrace(err);
        }
        err.flush();
        return status;
    }
}
