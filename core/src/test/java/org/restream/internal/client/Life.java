package org.restream.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.FailureKind;
import org.restream.RestreamClient;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.ExchangeConfig;
import org.restream.internal.exchange.ExchangePeer;
import org.restream.internal.link.Connection;
import org.restream.internal.net.ConnectionCare;
import org.restream.internal.reconnect.AttemptResult;
import org.restream.internal.reconnect.ReconnectLoop;
import org.restream.internal.reconnect.ReconnectPolicy;

/** A client with all its real parts except links, clock and waits. */
final class Life {
    /** Makes connections. */
    interface Links {
        Connection connect(ServerAddress server) throws IOException, InterruptedException;
    }

    final List<ClientEvent> events = new CopyOnWriteArrayList<>();
    final List<Duration> waits = new CopyOnWriteArrayList<>();
    /** The second threads that have read. */
    final List<Thread> threads = new CopyOnWriteArrayList<>();

    private final ClientOptions options;
    private final ManualClock clock;
    private final Links links;
    private final RestreamClient.Handler handler;

    Life(ClientOptions options, ManualClock clock, Links links, RestreamClient.Handler handler) {
        this.options = options;
        this.clock = clock;
        this.links = links;
        this.handler = handler;
    }

    /** Returns the links one after the other. */
    static Links inTurn(Connection... links) {
        List<Connection> left = new ArrayList<>(List.of(links));
        return server -> left.remove(0);
    }

    /** Runs the client; returns the exception that it fails with, or null. */
    Throwable run() throws InterruptedException {
        return new ReconnectLoop(
                        options,
                        new ReconnectPolicy(options, () -> 0),
                        this::attempt,
                        waits::add,
                        events::add,
                        () -> false)
                .run();
    }

    /** The names of the events. */
    List<String> names() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    private AttemptResult attempt(ServerAddress server, long number, Runnable connected) throws InterruptedException {
        Connection link;
        try {
            link = links.connect(server);
        } catch (IOException e) {
            return new AttemptResult.NotConnected(e, FailureKind.CONNECTION);
        }
        ExchangeConfig config = new ExchangeConfig(
                ExchangeConfig.Side.CLIENT,
                options.maxHeaderBytes(),
                options.allowEmptyAnswer(),
                options.refusals(),
                false,
                clock,
                this::thread,
                bug -> {});
        Exchange exchange = new Exchange(link, new ExchangePeer(link, number), config, Duration.ZERO);
        try (ConnectionCare care = ConnectionCare.of(link, options.idleTimeout(), clock, exchange::lost)) {
            assertThat(care).isNotNull();
            connected.run();
            return Results.of(
                    exchange.run(() -> handler.handle(exchange.outgoing(), exchange.incoming())), Duration.ZERO);
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = Threads.unstarted("test-reader", work);
        threads.add(thread);
        return thread;
    }
}
