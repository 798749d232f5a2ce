package org.restream;

import org.jspecify.annotations.Nullable;

/**
 * The connection was lost before both messages of its exchange had ended: by a reset, a time-out, a close on this side,
 * or because the peer stopped reading. What has arrived may be incomplete. A client reconnects by itself, see {@link
 * Reconnect}.
 */
public class ConnectionLostException extends RestreamException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what happened, in one line
     * @param cause the cause, or null
     */
    public ConnectionLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
