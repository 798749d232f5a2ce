package org.restream.metrics;

import org.restream.ClientEvent;

/** Counts the events of sessions that carry many exchanges. */
final class SharedSessionMeters {
    private final ConnectMeters connects;
    private final ClientSessionMeters sessions;
    private final ExchangeMeters exchanges;

    SharedSessionMeters(Meters meters) {
        connects = new ConnectMeters(meters);
        sessions = new ClientSessionMeters(meters);
        exchanges = new ExchangeMeters(meters, ExchangeMeters.OF_CLIENT);
    }

    void count(ClientEvent event) {
        connects.count(event);
        sessions.count(event);
        if (event instanceof ClientEvent.ExchangeBegan) {
            exchanges.began();
        } else if (event instanceof ClientEvent.ExchangeEnded ended) {
            exchanges.ended(ended.kind(), ended.duration(), ended.bytesSent(), ended.bytesReceived());
        }
    }
}
