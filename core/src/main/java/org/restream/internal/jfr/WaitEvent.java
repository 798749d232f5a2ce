package org.restream.internal.jfr;

import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;

/** A client's wait before its next attempt to connect. */
@Name("restream.Wait")
@Label("Wait")
@Description("A client's wait before its next attempt to connect.")
@Category("restream")
@StackTrace(false)
final class WaitEvent extends Event {
    private static final WaitEvent PROBE = new WaitEvent();

    @Label("Server")
    @Nullable
    String server;

    @Label("Attempt")
    long attempt;

    @Label("Failures in a Row")
    int failures;

    @Label("Delay")
    @Description("How long it was to be")
    @Timespan(Timespan.NANOSECONDS)
    long delay;

    private static long nanos(Duration delay) {
        try {
            return delay.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Null where nobody wants it. */
    static @Nullable WaitEvent begun(ClientEvent.Waiting waiting) {
        if (!PROBE.isEnabled()) {
            return null;
        }
        WaitEvent event = new WaitEvent();
        event.server = waiting.server().toString();
        event.attempt = waiting.attempt();
        event.failures = waiting.failures();
        event.delay = nanos(waiting.delay());
        event.begin();
        return event;
    }
}
