package org.restream.internal.session.host;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts by address who asks for sessions that it can't prove. */
final class FailedResumes {
    static final int MOST = 20;
    static final Duration WINDOW = Duration.ofMinutes(1);
    /** More addresses than this are forgotten again, the oldest first. */
    static final int MAX_ADDRESSES = 10_000;

    private record Count(int failed, long since) {}

    private final Map<Object, Count> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Count> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    /** One more. Returns whether that is too many for the last minute. */
    synchronized boolean isTooMany(Object address, long now) {
        Count before = counts.remove(address);
        Count count = before == null || now - before.since >= WINDOW.toNanos()
                ? new Count(1, now)
                : new Count(Math.min(before.failed + 1, MOST + 1), before.since);
        counts.put(address, count);
        return count.failed > MOST;
    }
}
