package org.restream;

import org.jspecify.annotations.Nullable;

/**
 * A client's handler or listener throws this to ask for another attempt, for example because the answer's checksum is
 * wrong. (Any other exception would end the client.) It counts as a failure of that server, so the client tries the
 * next one after the usual wait.
 */
public final class TryAgainException extends RestreamException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message why this attempt has failed
     */
    public TryAgainException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception.
     *
     * @param cause why this attempt has failed
     */
    public TryAgainException(Throwable cause) {
        this(String.valueOf(cause), cause);
    }

    /**
     * Creates the exception.
     *
     * @param message why this attempt has failed
     * @param cause the cause, or null
     */
    public TryAgainException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
