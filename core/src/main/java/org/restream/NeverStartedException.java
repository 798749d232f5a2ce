package org.restream;

import org.jspecify.annotations.Nullable;

/** The server's handler was not called for an exchange of a session, and will not be: it is safe to ask again. */
public final class NeverStartedException extends RestreamException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message why, in one line
     * @param cause what it came from, or null
     */
    public NeverStartedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
