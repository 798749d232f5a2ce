package org.restream.internal.jfr;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.FailureKind;
import org.restream.ServerAddress;
import org.restream.internal.jfr.ExchangeFlight.Side;

/** Records a client's events. It makes one attempt after another, so what has begun is kept here. */
final class ClientFlight implements Consumer<ClientEvent> {
    private final boolean hasExchanges;
    private final AwayFlights sessions = new AwayFlights(Side.CLIENT);
    private volatile @Nullable ConnectEvent connect;
    private volatile @Nullable WaitEvent wait;
    private volatile ExchangeFlight exchange = ExchangeFlight.NONE;

    /**
     * @param hasExchanges whether a connection is that of an exchange
     */
    ClientFlight(boolean hasExchanges) {
        this.hasExchanges = hasExchanges;
    }

    @Override
    public void accept(ClientEvent event) {
        if (event instanceof ClientEvent.Connecting) {
            waited();
            connect = ConnectEvent.begun();
        } else if (event instanceof ClientEvent.Connected connected) {
            connected(connected);
        } else if (event instanceof ClientEvent.Failed failed) {
            failed(failed);
        } else if (event instanceof ClientEvent.Waiting waiting) {
            wait = WaitEvent.begun(waiting);
        } else if (event instanceof ClientEvent.Closed) {
            waited();
        } else if (hasExchanges) {
            ofExchange(event);
        }
        ofSession(event);
    }

    private void connected(ClientEvent.Connected connected) {
        ConnectEvent begun = connect;
        connect = null;
        if (begun != null) {
            begun.connected(connected.server(), connected.attempt());
        }
        if (hasExchanges) {
            exchange = ExchangeFlight.begun(Side.CLIENT);
        }
    }

    private void failed(ClientEvent.Failed failed) {
        ConnectEvent begun = connect;
        connect = null;
        if (begun != null) {
            begun.failed(failed);
        }
    }

    private void waited() {
        WaitEvent begun = wait;
        wait = null;
        if (begun != null) {
            begun.commit();
        }
    }

    private void ofExchange(ClientEvent event) {
        if (event instanceof ClientEvent.Completed done) {
            ended(done.server(), done.attempt(), done.bytesSent(), done.bytesReceived(), null, null);
        } else if (event instanceof ClientEvent.Aborted own) {
            ended(own.server(), own.attempt(), own.bytesSent(), own.bytesReceived(), own.kind(), own.cause());
        } else if (event instanceof ClientEvent.Lost lost) {
            ended(lost.server(), lost.attempt(), lost.bytesSent(), lost.bytesReceived(), lost.kind(), lost.cause());
        }
    }

    private void ended(
            ServerAddress server,
            long attempt,
            long sent,
            long received,
            @Nullable FailureKind kind,
            @Nullable Throwable cause) {
        ExchangeFlight begun = exchange;
        exchange = ExchangeFlight.NONE;
        begun.ended(server.toString(), attempt, sent, received, kind, cause);
    }

    private void ofSession(ClientEvent event) {
        if (event instanceof ClientEvent.Away away) {
            sessions.away(away.server().toString(), away.session(), away.cause());
        } else if (event instanceof ClientEvent.ResumeFailed failed) {
            sessions.failed(failed.session());
        } else if (event instanceof ClientEvent.Resumed resumed) {
            sessions.resumed(resumed.server().toString(), resumed.session());
        } else if (event instanceof ClientEvent.SessionEnded ended) {
            sessions.over(ended.server().toString(), ended.session());
        }
    }
}
