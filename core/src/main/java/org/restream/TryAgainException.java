package org.restream;

import org.jspecify.annotations.Nullable;

/**
 * What a client's handler or listener throws to have another attempt, where any other exception would end the client: the answer's
 * checksum is wrong, or this side has no room for it now. It counts as a failure of that server, so the next one is tried, after the
 * usual wait.
 */
public final class TryAgainException extends RestreamException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message why this attempt is not good enough
     */
    public TryAgainException(String message) {
        this(message, null);
    }

    /**
     * Makes the exception.
     *
     * @param cause why this attempt is not good enough
     */
    public TryAgainException(Throwable cause) {
        this(String.valueOf(cause), cause);
    }

    /**
     * Makes the exception.
     *
     * @param message why this attempt is not good enough
     * @param cause what has led to it; null for nothing else
     */
    public TryAgainException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
