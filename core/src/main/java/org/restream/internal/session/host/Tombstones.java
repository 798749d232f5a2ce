package org.restream.internal.session.host;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.SessionId;
import org.restream.internal.session.wire.SessionKey;

/** What is remembered of sessions whose client did not come back in time: that, and what became of their exchanges. */
final class Tombstones {
    static final Duration KEPT = Duration.ofMinutes(10);
    /** The oldest give way. */
    static final int MOST = 1_000;

    /** One of them. */
    record Stone(SessionId id, SessionKey key, @Nullable Object identity, List<Hello.Left> exchanges, long until) {
        Stone {
            exchanges = List.copyOf(exchanges.subList(0, Math.min(exchanges.size(), Hello.Refuse.MAX_LEFT)));
        }
    }

    private final Map<SessionId, Stone> stones = new HashMap<>();
    private final ArrayDeque<Stone> oldestFirst = new ArrayDeque<>();

    synchronized void add(Stone stone, long now) {
        clean(now);
        if (stones.size() == MOST) {
            stones.remove(oldestFirst.remove().id());
        }
        if (stones.putIfAbsent(stone.id(), stone) == null) {
            oldestFirst.add(stone);
        }
    }

    private void clean(long now) {
        while (!oldestFirst.isEmpty() && oldestFirst.peek().until - now <= 0) {
            stones.remove(oldestFirst.remove().id());
        }
    }

    synchronized @Nullable Stone get(SessionId id, long now) {
        clean(now);
        return stones.get(id);
    }
}
