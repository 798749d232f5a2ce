package org.restream.internal.exchange;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.Refusal;
import org.restream.RefusedException;

/**
 * Reads and writes the header of a refusal (docs/wire.md): an object with the name {@code refused}, and a reason in it.
 */
final class RefusalHeader {
    private static final String NAME = "refused";
    private static final String REASON = "reason";
    private static final String RETRY = "retryMs";
    /** The longest time for which a server can make its clients wait. */
    private static final Duration MAX_RETRY = Duration.ofDays(1);
    /** The maximum in characters. One may take six bytes in JSON, and by default clients accept headers of 64 KiB. */
    private static final int MAX_REASON = 8_000;

    private RefusalHeader() {}

    static Map<String, ?> of(Refusal refusal) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(REASON, shortened(refusal.reason()));
        refusal.retryAfter().ifPresent(delay -> fields.put(RETRY, delay.toMillis()));
        return Map.of(NAME, fields);
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON - 1) + "…";
    }

    /** The refusal in a header; null if it has none. */
    static @Nullable RefusedException read(Header header) {
        if (!(header.get(NAME) instanceof Map<?, ?> fields) || !(fields.get(REASON) instanceof String reason)) {
            return null;
        }
        return new RefusedException(reason, fields.get(RETRY) instanceof Number millis ? retry(millis) : null);
    }

    /** The time in whole milliseconds, rounded up so as not to be early; null if the value is not a valid time. */
    private static @Nullable Duration retry(Number said) {
        double millis = Math.ceil(Math.min(said.doubleValue(), (double) MAX_RETRY.toMillis()));
        return millis < 0 ? null : Duration.ofMillis((long) millis);
    }
}
