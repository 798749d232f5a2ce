package org.restream.cli.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.ServerEvent;

/** Whether a server accepts connections, from its events. */
public final class Health {
    /** A server that can't accept tries again ten times a second, as long as there is somebody to accept. */
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private volatile boolean listening;
    private volatile boolean stopping;
    private volatile boolean acceptFailed;
    private volatile long failedAt;

    public Health(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public void heard(ServerEvent event) {
        if (event instanceof ServerEvent.Listening) {
            listening = true;
        } else if (event instanceof ServerEvent.Accepted) {
            if (acceptFailed) {
                acceptFailed = false;
            }
        } else if (event instanceof ServerEvent.AcceptFailed) {
            failedAt = nanoTime.getAsLong();
            acceptFailed = true;
        } else if (event instanceof ServerEvent.Closed) {
            stopping = true;
        }
    }

    /** It accepts no more; what runs may go on for some time. */
    public void stopping() {
        stopping = true;
    }

    /** Why no connection is accepted now; null if connections are. */
    @Nullable
    String trouble() {
        if (stopping) {
            return "it is stopping";
        }
        if (!listening) {
            return "it does not listen yet";
        }
        boolean failing = acceptFailed && nanoTime.getAsLong() - failedAt < FRESH_NANOS;
        return failing ? "it can't accept connections" : null;
    }
}
