package org.restream;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server's handler or listener throws this to refuse a request. The answer's header then tells the client the reason.
 * The client fails with a {@link RefusedException}, or tries again after the given time. If the answer has begun
 * already, the refusal can't be sent: the connection is reset, as for any other exception. docs/wire.md describes the
 * format, which any peer can read.
 */
public final class Refusal extends RestreamException {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final @Nullable Duration retryAfter;

    /**
     * Refuses the request for good: the client does not send it again.
     *
     * @param reason the reason, for whoever runs the client; it is sent to the client
     */
    public Refusal(String reason) {
        this(reason, null);
    }

    /**
     * Refuses the request for some time.
     *
     * @param reason the reason, for whoever runs the client; it is sent to the client
     * @param retryAfter after what time the client may send it again, 0 or more, in whole milliseconds; null for never
     * @throws IllegalArgumentException if the time is negative
     */
    public Refusal(String reason, @Nullable Duration retryAfter) {
        super("refused: " + reason);
        this.reason = Check.notNull("reason", reason);
        this.retryAfter = retryAfter == null ? null : Check.notNegative("retryAfter", retryAfter);
    }

    /**
     * The reason.
     *
     * @return the reason
     */
    public String reason() {
        return reason;
    }

    /**
     * After what time the client may send the request again.
     *
     * @return the time; empty for never
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
