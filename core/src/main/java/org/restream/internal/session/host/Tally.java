package org.restream.internal.session.host;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts by a key; keeps nothing for a count of 0. Null is counted nowhere. */
final class Tally {
    private final ConcurrentHashMap<Object, Integer> counts = new ConcurrentHashMap<>();

    void add(@Nullable Object key, int more) {
        if (key != null) {
            counts.compute(key, (same, count) -> {
                int sum = (count == null ? 0 : count) + more;
                return sum == 0 ? null : Integer.valueOf(sum);
            });
        }
    }

    int of(@Nullable Object key) {
        return key == null ? 0 : counts.getOrDefault(key, 0);
    }
}
