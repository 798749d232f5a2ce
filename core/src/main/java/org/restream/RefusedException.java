package org.restream;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server has refused the request, and has said why. Its handler has thrown a {@link Refusal}, or it says so by itself. */
public final class RefusedException extends RestreamException {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final @Nullable Duration retryAfter;

    /**
     * Makes the exception.
     *
     * @param reason the server's reason, as it sent it: it may hold anything
     * @param retryAfter after what time the request may come again; null: not at all
     */
    public RefusedException(String reason, @Nullable Duration retryAfter) {
        super("refused by the server: " + reason);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /**
     * Why the server has refused it.
     *
     * @return the server's words
     */
    public String reason() {
        return reason;
    }

    /**
     * After what time the server would have the request again.
     *
     * @return the time, at most a day; empty: the server does not want it again
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
