package org.restream.metrics;

import org.restream.ClientEvent;

/** Counts the events of clients that run one exchange after another. */
final class ClientMeters {
    private final ConnectMeters connects;
    private final ClientSessionMeters sessions;
    private final ExchangeMeters exchanges;

    ClientMeters(Meters meters) {
        connects = new ConnectMeters(meters);
        sessions = new ClientSessionMeters(meters);
        exchanges = new ExchangeMeters(meters, ExchangeMeters.OF_CLIENT);
    }

    void count(ClientEvent event) {
        connects.count(event);
        sessions.count(event);
        if (event instanceof ClientEvent.Connected) {
            exchanges.began();
        } else if (event instanceof ClientEvent.Completed done) {
            exchanges.ended(null, done.duration(), done.bytesSent(), done.bytesReceived());
        } else if (event instanceof ClientEvent.Lost lost) {
            exchanges.ended(lost.kind(), lost.duration(), lost.bytesSent(), lost.bytesReceived());
        } else if (event instanceof ClientEvent.Aborted own) {
            exchanges.ended(own.kind(), own.duration(), own.bytesSent(), own.bytesReceived());
        }
    }
}
