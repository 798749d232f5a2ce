package org.restream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An exchange has failed, or could not begin. The base class of the library's exceptions. */
public class RestreamException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what happened, in one line
     */
    public RestreamException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what happened, in one line
     * @param cause the cause, or null
     */
    public RestreamException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
