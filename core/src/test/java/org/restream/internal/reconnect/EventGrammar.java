package org.restream.internal.reconnect;

import java.util.List;
import java.util.Set;
import org.restream.ClientEvent;
import org.restream.ClientEvent.Aborted;
import org.restream.ClientEvent.Completed;
import org.restream.ClientEvent.Connected;
import org.restream.ClientEvent.Connecting;
import org.restream.ClientEvent.Failed;
import org.restream.ClientEvent.GaveUp;
import org.restream.ClientEvent.Lost;
import org.restream.ClientEvent.Waiting;

/**
 * Which event may follow which, as in the diagram of {@link ClientEvent}. The client reports Closed, not the loop,
 * after any event.
 */
public final class EventGrammar {
    private EventGrammar() {}

    /**
     * Checks the events of a closed client: {@code maxTime} may have ended it after any event, and Closed is the last
     * one.
     */
    public static void checkWhole(List<ClientEvent> events, Object seed) {
        int last = events.size() - 1;
        if (last < 0 || !(events.get(last) instanceof ClientEvent.Closed)) {
            throw new AssertionError("Closed is not the last event, seed " + seed + ": " + events);
        }
        boolean outOfTime = last > 0
                && events.get(last - 1) instanceof GaveUp gaveUp
                && gaveUp.cause().getMessage().contains("(maxTime)");
        check(events.subList(0, outOfTime ? last - 1 : last), seed);
    }

    static void check(List<ClientEvent> events, Object seed) {
        Class<?> last = null;
        long attempt = 0;
        for (ClientEvent event : events) {
            if (!after(last).contains(event.getClass())) {
                throw new AssertionError(event + " after " + last + ", seed " + seed + ": " + events);
            }
            last = event.getClass();
            if (event instanceof Connecting connecting && connecting.attempt() != ++attempt) {
                throw new AssertionError(event + " is not attempt " + attempt + ", seed " + seed);
            }
        }
    }

    private static Set<Class<? extends ClientEvent>> after(Class<?> last) {
        if (last == null || last == Waiting.class) {
            return Set.of(Connecting.class);
        }
        if (last == Connecting.class) {
            return Set.of(Failed.class, Connected.class);
        }
        if (last == Connected.class) {
            return Set.of(Lost.class, Completed.class, Aborted.class);
        }
        if (last == Aborted.class) {
            return Set.of(GaveUp.class);
        }
        if (last == Failed.class || last == Lost.class) {
            return Set.of(Waiting.class, Connecting.class, GaveUp.class);
        }
        // after Completed only ALWAYS goes on; GaveUp follows if a back-off has thrown
        return last == Completed.class ? Set.of(Waiting.class, Connecting.class, GaveUp.class) : Set.of();
    }
}
