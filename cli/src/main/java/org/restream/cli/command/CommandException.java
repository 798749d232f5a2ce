package org.restream.cli.command;

import org.jspecify.annotations.Nullable;

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
}
