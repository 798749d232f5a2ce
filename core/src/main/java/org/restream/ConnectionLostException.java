package org.restream;

import org.jspecify.annotations.Nullable;

/**
 * The connection of an exchange was lost before both messages had ended: a reset, a time-out, a close from this side,
 * or a peer that stopped reading. What arrived may have been cut. A client comes back by itself, see {@link Reconnect}.
 */
public class ConnectionLostException extends RestreamException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message what happened, in one line
     * @param cause what it came from, or null
     */
    public ConnectionLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
