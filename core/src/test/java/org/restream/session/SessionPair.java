package org.restream.session;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.testing.Events;

/** A server that takes sessions, and what a test makes of them; all is closed with it. */
final class SessionPair implements AutoCloseable {
    final Events<ServerEvent> atServer = new Events<>();
    final Events<ClientEvent> atClient = new Events<>();
    /** How often the server's handler was called. */
    final AtomicInteger calls = new AtomicInteger();

    final RestreamServer server;
    final RestreamSession session;

    private SessionPair(ServerOptions options, RestreamServer.Handler handler) throws IOException {
        server = Restream.createServer(options.listener(atServer), (req, res) -> {
                    calls.incrementAndGet();
                    handler.handle(req, res);
                })
                .listen(0);
        session = Restream.createSession(options());
    }

    static SessionPair of(RestreamServer.Handler handler) throws IOException {
        return of(options(SessionLimits.defaults()), handler);
    }

    static SessionPair of(ServerOptions options, RestreamServer.Handler handler) throws IOException {
        return new SessionPair(options, handler);
    }

    static ServerOptions options(SessionLimits limits) {
        return ServerOptions.defaults().sessions(limits);
    }

    String address() {
        return "127.0.0.1:" + server.address().getPort();
    }

    /** For a client of this server. */
    ClientOptions options() {
        return ClientOptions.defaults()
                .servers(address())
                .retryDelay(Duration.ofMillis(20))
                .listener(atClient);
    }

    @Override
    public void close() {
        session.abort();
        server.close(Duration.ZERO);
    }
}
