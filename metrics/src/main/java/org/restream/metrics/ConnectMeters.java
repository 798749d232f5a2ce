package org.restream.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import org.restream.ClientEvent;

/** Counts how a client connects, waits and gives up. */
final class ConnectMeters {
    private final Counter attempts;
    private final Counter connections;
    private final Counter failures;
    private final Timer waits;
    private final Counter gaveUp;
    private final Counter fallbacks;

    ConnectMeters(Meters meters) {
        attempts = meters.counter(".connect.attempts", "Attempts to connect");
        connections = meters.counter(".connections", "Attempts that have made a connection");
        failures = meters.counter(".connect.failures", "Attempts that have made none");
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
        } else if (event instanceof ClientEvent.Failed) {
            failures.increment();
        } else if (event instanceof ClientEvent.Waiting waiting) {
            waits.record(waiting.delay());
        } else if (event instanceof ClientEvent.GaveUp) {
            gaveUp.increment();
        } else if (event instanceof ClientEvent.FellBack) {
            fallbacks.increment();
        }
    }
}
