package org.restream.cli.command;

import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs a command unless an option's value is empty, which is a mistake: mostly an unset variable in a script. */
public final class EmptyValues implements IExecutionStrategy {
    private final IExecutionStrategy run = new RunLast();

    @Override
    public int execute(ParseResult parsed) {
        for (ParseResult part = parsed; part != null; part = part.subcommand()) {
            for (OptionSpec option : part.matchedOptions()) {
                if (option.arity().max() > 0 && option.originalStringValues().contains("")) {
                    throw new ParameterException(
                            part.commandSpec().commandLine(), option.longestName() + " needs a value, but it is empty");
                }
            }
        }
        return run.execute(parsed);
    }
}
