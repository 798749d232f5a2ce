package org.restream.internal.client;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.restream.ClientOptions;
import org.restream.RestreamClient.Handler;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.ExchangeConfig;
import org.restream.internal.exchange.ExchangePeer;
import org.restream.internal.link.Connection;
import org.restream.internal.net.ConnectionCare;
import org.restream.internal.net.Connector;
import org.restream.internal.net.Lookup;
import org.restream.internal.reconnect.AttemptResult;
import org.restream.internal.tls.Tls;

/**
 * Runs a client's attempts, one at a time: connects, and runs the exchange. Other threads can cancel the current one.
 */
final class Attempts {
    private final ClientOptions options;
    private final Handler handler;
    private final Supplier<@Nullable String> stop;
    private final Connector connector;
    private final ExchangeConfig config;
    private volatile @Nullable Exchange exchange;

    /**
     * @param stop why no exchange may begin; null if it may
     * @param threads creates a thread for the work, not started
     * @param unheard is called with what a user's code throws after the end of its exchange
     */
    Attempts(
            ClientOptions options,
            Handler handler,
            Supplier<@Nullable String> stop,
            Function<Runnable, Thread> threads,
            Consumer<Throwable> unheard) {
        this.options = options;
        this.handler = handler;
        this.stop = stop;
        connector = new Connector(
                options.connectTimeout(),
                new Lookup(InetAddress::getAllByName),
                Timer.system(),
                layer(options.tlsFrom()));
        config = new ExchangeConfig(
                ExchangeConfig.Side.CLIENT,
                options.maxHeaderBytes(),
                options.allowEmptyAnswer(),
                options.refusals(),
                options.interruptOnLoss(),
                Timer.system(),
                threads,
                unheard);
    }

    private static Connector.Layer layer(@Nullable Supplier<SSLContext> tls) {
        return tls == null
                ? (connection, server) -> connection
                : (connection, server) -> Tls.client(connection, tls, server.host(), server.port());
    }

    /**
     * Runs an attempt, on the client's thread.
     *
     * @param number the number of the attempt, from 1
     * @param connected is run when the connection is made
     */
    AttemptResult run(ServerAddress server, long number, Runnable connected) throws IOException, InterruptedException {
        Connection connection = connector.connect(server);
        ConnectionCare care = null;
        try {
            Exchange made = new Exchange(connection, new ExchangePeer(connection, number), config, Duration.ZERO);
            exchange = made;
            care = ConnectionCare.of(connection, options.idleTimeout(), Timer.system(), made::lost);
            // check only now: whoever closes the client later finds the exchange and cancels it
            String why = stop.get();
            if (why != null) {
                made.cancel(why);
            } else {
                connected.run();
            }
            return Results.of(made.run(() -> handler.handle(made.outgoing(), made.incoming())));
        } finally {
            exchange = null;
            if (care == null) {
                connection.abort();
            } else {
                care.close();
            }
        }
    }

    /** Whether a connection exists now. */
    boolean isConnected() {
        return exchange != null;
    }

    /** Cancels the running exchange, if there is one. */
    void cancel(String why) {
        Exchange running = exchange;
        if (running != null) {
            running.cancel(why);
        }
    }

    /** Whether the calling thread is running the handler or a listener of the exchange. */
    boolean isRunByCaller() {
        Exchange running = exchange;
        return running != null && running.isRunByCaller();
    }
}
