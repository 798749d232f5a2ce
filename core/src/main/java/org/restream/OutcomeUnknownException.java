package org.restream;

import org.jspecify.annotations.Nullable;

/**
 * A session was over before an exchange had ended: the server's handler may have run, in part or to its end, or not at all. Whoever
 * asks again may have it done twice.
 */
public final class OutcomeUnknownException extends RestreamException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message why, in one line
     * @param cause what it came from, or null
     */
    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
