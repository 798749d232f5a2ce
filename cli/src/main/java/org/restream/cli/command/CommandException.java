package org.restream.cli.command;

import org.jspecify.annotations.Nullable;
import org.restream.GaveUpException;
import org.restream.NeverStartedException;
import org.restream.OutcomeUnknownException;
import org.restream.RefusedException;
import org.restream.files.NoUploadsException;
import org.restream.files.WrongResultException;

/** Ends the command with one line on stderr and an exit status. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;

    public CommandException(int status, String line, @Nullable Throwable cause) {
        super(line, cause);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Maps the failure of an exchange to an exit status. */
    public static CommandException of(Throwable failure) {
        if (failure instanceof CommandException known) {
            return known;
        }
        int status = ExitStatus.LOCAL;
        if (failure instanceof RefusedException) {
            status = ExitStatus.REFUSED;
        } else if (failure instanceof GaveUpException
                || failure instanceof NeverStartedException
                || failure instanceof NoUploadsException) {
            status = ExitStatus.GAVE_UP;
        } else if (failure instanceof OutcomeUnknownException) {
            status = ExitStatus.UNKNOWN;
        } else if (failure instanceof WrongResultException) {
            status = ExitStatus.LOST;
        }
        return new CommandException(
                status, failure instanceof Error ? failure.toString() : Causes.line(failure), failure);
    }

    /**
     * The same after an attempt whose outcome is unknown: that the command gave up later does not change it.
     *
     * @param unknown null if there was no such attempt
     */
    public CommandException after(@Nullable OutcomeUnknownException unknown) {
        return unknown == null || status != ExitStatus.GAVE_UP
                ? this
                : new CommandException(
                        ExitStatus.UNKNOWN,
                        Causes.line(this) + "; the server may have received it: " + Causes.line(unknown),
                        this);
    }
}
