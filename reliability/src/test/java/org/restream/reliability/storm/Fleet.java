package org.restream.reliability.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamClient;

/** Clients of a feed that record when they are served. */
final class Fleet implements AutoCloseable {
    private final List<RestreamClient> clients = new ArrayList<>();
    private final ConcurrentLinkedQueue<Long> served = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch unserved;
    private volatile CountDownLatch unrefused;

    /** Starts the clients, and returns when all are served. */
    Fleet(int size, String server, Duration timeout, double jitter) throws InterruptedException {
        unserved = new CountDownLatch(size);
        unrefused = new CountDownLatch(size);
        ClientOptions options = ClientOptions.defaults()
                .servers(server)
                .retryDelay(timeout)
                .resetTimeout(1)
                .jitter(jitter)
                .connectTimeout(Duration.ofSeconds(30))
                .listener(event -> {
                    if (event instanceof ClientEvent.Failed) {
                        unrefused.countDown();
                    }
                });
        for (int i = 0; i < size; i++) {
            clients.add(Restream.createClient(options, (req, res) -> {
                req.header("client", true);
                req.flush();
                if (res.read() == 'f') {
                    served.add(System.nanoTime());
                    unserved.countDown();
                }
                res.readAllBytes();
            }));
        }
        awaitServed();
    }

    /** Clears the records, before the server is killed. */
    void forget() {
        served.clear();
        unserved = new CountDownLatch(clients.size());
        unrefused = new CountDownLatch(clients.size());
    }

    /** Waits until each client has been refused. */
    void awaitRefused() throws InterruptedException {
        assertThat(unrefused.await(60, TimeUnit.SECONDS)).isTrue();
    }

    void awaitServed() throws InterruptedException {
        assertThat(unserved.await(60, TimeUnit.SECONDS))
                .as("%d are not served", unserved.getCount())
                .isTrue();
    }

    /** How many milliseconds after this moment each was served. */
    List<Long> servedAfter(long nanos) {
        return served.stream().map(at -> (at - nanos) / 1_000_000).sorted().toList();
    }

    @Override
    public void close() {
        clients.forEach(RestreamClient::close);
    }
}
