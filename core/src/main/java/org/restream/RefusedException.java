package org.restream;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server has refused the request and given a reason: its handler has thrown a {@link Refusal}, or the equivalent.
 */
public final class RefusedException extends RestreamException {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final @Nullable Duration retryAfter;

    /**
     * Creates the exception.
     *
     * @param reason the server's reason as it was sent; it may contain any characters
     * @param retryAfter after what time the request may be sent again; null for never
     */
    public RefusedException(String reason, @Nullable Duration retryAfter) {
        super("refused by the server: " + reason);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /**
     * Why the server has refused the request.
     *
     * @return the reason as the server sent it
     */
    public String reason() {
        return reason;
    }

    /**
     * After what time the request may be sent again.
     *
     * @return the time, at most a day; empty for never
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
