package org.restream;

import java.time.Duration;

/**
 * What holds for one exchange of a session. Immutable: each setter returns a copy with the new value, so start with
 * {@link #defaults()}.
 */
public final class ExchangeOptions {
    private static final ExchangeOptions DEFAULTS = new ExchangeOptions(Duration.ZERO);
    private final Duration timeout;

    private ExchangeOptions(Duration timeout) {
        this.timeout = timeout;
    }

    /** {@return the options in which each has its default} */
    public static ExchangeOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how long the exchange may take in all, with any time in which there is no connection. When it is over, the exchange is
     * cancelled on both sides; the server counts too, in case it can't be told.
     *
     * @param timeout 0 or more; 0: any time. Default: 0
     * @return a copy with this value
     */
    public ExchangeOptions timeout(Duration timeout) {
        return new ExchangeOptions(Check.notNegative("timeout", timeout));
    }

    /** {@return how long the exchange may take; 0: any time} */
    public Duration timeout() {
        return timeout;
    }
}
