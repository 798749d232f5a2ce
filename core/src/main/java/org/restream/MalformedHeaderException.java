package org.restream;

import org.jspecify.annotations.Nullable;

/**
 * The peer did not send a valid header: invalid UTF-8, invalid JSON, JSON that is not an object, or a connection that
 * ended inside the header. The message says what is wrong, and where. See docs/wire.md, "Rules for the receiver".
 */
public class MalformedHeaderException extends RestreamException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, and where
     */
    public MalformedHeaderException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what is wrong, and where
     * @param cause the cause, or null
     */
    public MalformedHeaderException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
