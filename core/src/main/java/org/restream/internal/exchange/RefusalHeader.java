package org.restream.internal.exchange;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.Refusal;
import org.restream.RefusedException;

/** How an answer's header says no (docs/wire.md): an object of the name {@code refused}, with a reason. */
final class RefusalHeader {
    private static final String NAME = "refused";
    private static final String REASON = "reason";
    private static final String RETRY = "retryMs";
    /** A server may not silence its clients for longer. */
    private static final Duration MAX_RETRY = Duration.ofDays(1);
    /** Characters. In JSON one may take six bytes, and clients take headers of 64 KiB unless told otherwise. */
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

    /** What it says; null where it is no refusal. */
    static @Nullable RefusedException read(Header header) {
        if (!(header.get(NAME) instanceof Map<?, ?> fields) || !(fields.get(REASON) instanceof String reason)) {
            return null;
        }
        return new RefusedException(reason, fields.get(RETRY) instanceof Number millis ? retry(millis) : null);
    }

    /** In whole milliseconds, rounded up, so as not to be early; null where it is no time. */
    private static @Nullable Duration retry(Number said) {
        double millis = Math.ceil(Math.min(said.doubleValue(), (double) MAX_RETRY.toMillis()));
        return millis < 0 ? null : Duration.ofMillis((long) millis);
    }
}
