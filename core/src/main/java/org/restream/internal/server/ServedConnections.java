package org.restream.internal.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.restream.RestreamServer.Handler;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.internal.event.EventReporter;
import org.restream.internal.exchange.ExchangeConfig;
import org.restream.internal.link.Connection;
import org.restream.internal.tls.Tls;

/** Makes what serves a client's connection, with TLS around it if the server uses TLS. */
final class ServedConnections {
    private final ServerOptions options;
    private final Handler handler;
    private final ExchangeConfig config;
    private final EventReporter<ServerEvent> reporter;
    private final AtomicLong numbers;
    private final @Nullable SessionConnections sessions;

    /**
     * @param numbers counts the server's exchanges
     * @param sessions null where the server takes no sessions
     */
    ServedConnections(
            ServerOptions options,
            Handler handler,
            ExchangeConfig config,
            EventReporter<ServerEvent> reporter,
            AtomicLong numbers,
            @Nullable SessionConnections sessions) {
        this.options = options;
        this.handler = handler;
        this.config = config;
        this.reporter = reporter;
        this.numbers = numbers;
        this.sessions = sessions;
    }

    ServedConnection of(Connection connection) {
        return of(connection, config, Duration.ZERO);
    }

    /**
     * The same, behind a proxy.
     *
     * @param named whether the proxy has named a client; if not, a connection without a byte is no request
     * @param spent how much of {@code headerTimeout} is over
     */
    ServedConnection of(ProxiedConnection connection, boolean named, Duration spent) {
        return of(connection, named ? config : config.withoutEmpty(), spent);
    }

    private ServedConnection of(Connection connection, ExchangeConfig as, Duration spent) {
        return new ServedConnection(
                secured(connection), numbers.incrementAndGet(), options, handler, as, reporter, sessions, spent);
    }

    private Connection secured(Connection connection) {
        Supplier<SSLContext> tls = options.tlsFrom();
        if (sessions == null) {
            return new PlainOnlyConnection(
                    tls == null ? connection : Tls.server(connection, tls, options.clientAuth(), List.of()));
        }
        return tls == null
                ? new EitherConnection(connection)
                : Tls.server(connection, tls, options.clientAuth(), List.of(SessionConnections.ALPN));
    }
}
