package org.restream.internal.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.RestreamClient;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Terms;
import org.restream.internal.link.Link;

/** A client of real parts, but for its links, its clock and its waits. */
final class Life {
    /** Makes connections. */
    interface Links {
        Link connect(ServerAddress server) throws IOException, InterruptedException;
    }

    final List<ClientEvent> events = new CopyOnWriteArrayList<>();
    final List<Duration> waits = new CopyOnWriteArrayList<>();
    /** What read on a thread of its own. */
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

    /** One link after the other. */
    static Links inTurn(Link... links) {
        List<Link> left = new ArrayList<>(List.of(links));
        return server -> left.remove(0);
    }

    /** What the client fails with, or null. */
    Throwable run() throws InterruptedException {
        return new ReconnectLoop(
                        options, new Policy(options, () -> 0), this::attempt, waits::add, events::add, () -> false)
                .run();
    }

    /** The names of the events. */
    List<String> names() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    private Outcome attempt(ServerAddress server, Runnable connected) throws IOException, InterruptedException {
        Terms terms = new Terms(
                options.maxHeaderBytes(),
                options.allowEmptyAnswer(),
                Duration.ZERO,
                options.idleTimeout(),
                clock,
                this::thread);
        Exchange exchange = new Exchange(links.connect(server), terms);
        connected.run();
        return exchange.run(() -> handler.handle(exchange.outgoing(), exchange.incoming()));
    }

    private Thread thread(Runnable work) {
        Thread thread = Threads.unstarted("test-reader", work);
        threads.add(thread);
        return thread;
    }
}
