package org.restream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something went wrong in an exchange, or in getting one. The message carries the numbers and the last cause. */
public class RestreamException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message what happened, in one line
     */
    public RestreamException(String message) {
        super(message);
    }

    /**
     * Makes the exception.
     *
     * @param message what happened, in one line
     * @param cause what it came from, or null
     */
    public RestreamException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
