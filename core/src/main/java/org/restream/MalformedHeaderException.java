package org.restream;

import org.jspecify.annotations.Nullable;

/**
 * What stands where a header should be is none: bad UTF-8, bad JSON, JSON that is no object, or a connection that ended
 * inside it. The message says what and where. (docs/wire.md, "Rules for the receiver".)
 */
public class MalformedHeaderException extends RestreamException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message what is wrong, and where
     */
    public MalformedHeaderException(String message) {
        super(message);
    }

    /**
     * Makes the exception.
     *
     * @param message what is wrong, and where
     * @param cause what it came from, or null
     */
    public MalformedHeaderException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
