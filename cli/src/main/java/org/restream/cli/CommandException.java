package org.restream.cli;

import org.jspecify.annotations.Nullable;

/** Ends the command with one line on stderr and an exit status. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;

    CommandException(int status, String line, @Nullable Throwable cause) {
        super(line, cause);
        this.status = status;
    }

    int status() {
        return status;
    }
}
