package org.restream.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import org.restream.ClientEvent;
import org.restream.FailureKind;

/** Counts how a client connects, waits and gives up. */
final class ConnectMeters {
    private static final List<FailureKind> CAUSES = List.of(
            FailureKind.LOOKUP,
            FailureKind.CONNECTION,
            FailureKind.LIMIT,
            FailureKind.HANDSHAKE,
            FailureKind.SESSION,
            FailureKind.HANDLER);

    private final Counter attempts;
    private final Counter connections;
    private final CauseCounters failures;
    private final Timer waits;
    private final Counter gaveUp;
    private final Counter fallbacks;

    ConnectMeters(Meters meters) {
        attempts = meters.counter(".connect.attempts", "Attempts to connect");
        connections = meters.counter(".connections", "Attempts that have made a connection");
        failures = new CauseCounters(meters, ".connect.failures", "Attempts that have made none", CAUSES);
        waits = meters.timer(".reconnect.wait", "How long the waits between attempts were to be");
        gaveUp = meters.counter(".given.up", "Clients that have given up");
        fallbacks = meters.counter(
                ".sessions.fallbacks", "Exchanges over plain connections, because a server has no sessions");
    }

    void count(ClientEvent event) {
        if (event instanceof ClientEvent.Connecting) {
            attempts.increment();
        } else if (event instanceof ClientEvent.Connected) {
            connections.increment();
        } else if (event instanceof ClientEvent.Failed failed) {
            failures.increment(failed.kind());
        } else if (event instanceof ClientEvent.Waiting waiting) {
            waits.record(waiting.delay());
        } else if (event instanceof ClientEvent.GaveUp) {
            gaveUp.increment();
        } else if (event instanceof ClientEvent.FellBack) {
            fallbacks.increment();
        }
    }
}
