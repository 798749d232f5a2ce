package org.restream;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server's handler or listener throws to refuse a request: the client is told why, in the answer's header, and fails with a
 * {@link RefusedException}, or comes again after the time that is given. Where the answer has begun it can't be said any more: the
 * connection is reset, as for any other exception. docs/wire.md has the format, which any peer can read.
 */
public final class Refusal extends RestreamException {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final @Nullable Duration retryAfter;

    /**
     * Refuses the request for good: the client does not come back with it.
     *
     * @param reason why, for whoever runs the client; it is sent to them
     */
    public Refusal(String reason) {
        this(reason, null);
    }

    /**
     * Refuses the request for now.
     *
     * @param reason why, for whoever runs the client; it is sent to them
     * @param retryAfter when the client may come again, in whole milliseconds, 0 or more; null: not at all
     * @throws IllegalArgumentException if that is negative
     */
    public Refusal(String reason, @Nullable Duration retryAfter) {
        super("refused: " + reason);
        this.reason = Check.notNull("reason", reason);
        this.retryAfter = retryAfter == null ? null : Check.notNegative("retryAfter", retryAfter);
    }

    /**
     * Why.
     *
     * @return the reason
     */
    public String reason() {
        return reason;
    }

    /**
     * When the client may come again.
     *
     * @return the time; empty: not at all
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
