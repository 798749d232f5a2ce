package org.restream.internal.client;

import java.time.Duration;
import org.restream.Backoff;

/** The original's formula: the timeout times the number of failures, which starts again after resetTimeout of them. */
public record LinearBackoff(Duration timeout, int resetTimeout) implements Backoff {
    @Override
    public Duration delay(int failures) {
        return timeout.multipliedBy((failures - 1) % resetTimeout + 1L);
    }
}
