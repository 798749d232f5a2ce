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

    private RefusalHeader() {}

    static Map<String, ?> of(Refusal refusal) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(REASON, refusal.reason());
        refusal.retryAfter().ifPresent(delay -> fields.put(RETRY, delay.toMillis()));
        return Map.of(NAME, fields);
    }

    /** What it says; null where it is no refusal. */
    static @Nullable RefusedException read(Header header) {
        if (!(header.get(NAME) instanceof Map<?, ?> fields) || !(fields.get(REASON) instanceof String reason)) {
            return null;
        }
        Duration retry = null;
        if (fields.get(RETRY) instanceof Long millis && millis >= 0) {
            retry = Duration.ofMillis(Math.min(millis, MAX_RETRY.toMillis()));
        }
        return new RefusedException(reason, retry);
    }
}
