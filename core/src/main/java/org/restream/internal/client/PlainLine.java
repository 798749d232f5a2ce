package org.restream.internal.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.link.Connection;
import org.restream.internal.link.Link;
import org.restream.internal.link.Peer;
import org.restream.internal.net.ConnectionCare;
import org.restream.internal.reconnect.AttemptResult;

/** A connection that carries one exchange: its loss is that of the exchange. */
final class PlainLine implements Line {
    private final Connection connection;
    private final Duration idleTimeout;
    private @Nullable ConnectionCare care;

    PlainLine(Connection connection, Duration idleTimeout) {
        this.connection = connection;
        this.idleTimeout = idleTimeout;
    }

    @Override
    public Link link() {
        return connection;
    }

    @Override
    public Peer peer() {
        return connection;
    }

    @Override
    public void watch(Exchange exchange) {
        care = ConnectionCare.of(connection, idleTimeout, Timer.system(), exchange::lost);
    }

    @Override
    public AttemptResult result(Outcome outcome, Duration duration) {
        return Results.of(outcome, duration);
    }

    @Override
    public boolean isRunByCaller() {
        return false;
    }

    @Override
    public void end() {
        if (care == null) {
            connection.abort();
        } else {
            care.close();
        }
    }
}
