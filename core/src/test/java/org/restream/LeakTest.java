package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.restream.testing.Leftovers;
import org.restream.testing.ReservedPort;

/** The numbers of threads and descriptors don't grow after many repetitions of what happens often. */
class LeakTest {
    private static ClientOptions to(int port) {
        return ClientOptions.defaults().servers("127.0.0.1:" + port).retryDelay(Duration.ZERO);
    }

    private final ReservedPort nobody;

    LeakTest() throws IOException {
        nobody = new ReservedPort();
    }

    @AfterEach
    void free() throws IOException {
        nobody.close();
    }

    @Test
    void ten_thousand_failures_to_connect() throws Exception {
        Leftovers leftovers = new Leftovers();
        RestreamClient client = Restream.createClient(to(nobody.number()).maxFailures(10_000), (req, res) -> {});
        assertThatThrownBy(() -> client.completion().get(50, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(GaveUpException.class)
                .hasMessageContaining("10000");
        leftovers.areGone();
    }

    @Test
    void a_thousand_failures_to_connect_to_a_name() throws Exception {
        Leftovers leftovers = new Leftovers();
        ClientOptions options = to(1).servers("localhost:" + nobody.number()).maxFailures(1_000);
        assertThatThrownBy(() -> Restream.createClient(options).completion().get(50, TimeUnit.SECONDS))
                .hasCauseInstanceOf(GaveUpException.class);
        leftovers.areGone();
    }

    @Test
    void a_thousand_exchanges() throws Exception {
        Leftovers leftovers = new Leftovers();
        try (RestreamServer server =
                Restream.createServer((req, res) -> req.transferTo(res)).listen(0)) {
            ClientOptions options = to(server.address().getPort()).reconnect(Reconnect.ALWAYS);
            CountDownLatch thousand = new CountDownLatch(1_000);
            try (RestreamClient client = Restream.createClient(options, (req, res) -> {
                req.end("there and back");
                assertThat(res.readText()).isEqualTo("there and back");
                thousand.countDown();
            })) {
                assertThat(thousand.await(50, TimeUnit.SECONDS)).isTrue();
            }
        }
        leftovers.areGone();
    }

    @Test
    void a_thousand_exchanges_that_end_by_a_reset() throws Exception {
        Leftovers leftovers = new Leftovers();
        AtomicInteger calls = new AtomicInteger();
        RestreamServer.Handler handler = (req, res) -> {
            switch (calls.incrementAndGet() % 4) {
                case 0 -> res.abort();
                case 1 -> throw new IllegalStateException("a bug");
                case 2 -> req.onData(data -> res.abort());
                default -> {
                    req.read();
                    res.write("some");
                    res.flush();
                    res.abort();
                }
            }
        };
        try (RestreamServer server = Restream.createServer(
                        ServerOptions.defaults().listener(event -> {}), handler)
                .listen(0)) {
            ClientOptions options = to(server.address().getPort());
            CountDownLatch thousand = new CountDownLatch(1_000);
            try (RestreamClient client = Restream.createClient(options, (req, res) -> {
                thousand.countDown();
                if (calls.get() % 2 == 0) {
                    res.onData(data -> {});
                    req.write(new byte[100_000]);
                    req.end();
                } else {
                    req.write(new byte[1_000]);
                    res.readAllBytes();
                }
            })) {
                assertThat(thousand.await(50, TimeUnit.SECONDS)).isTrue();
            }
        }
        leftovers.areGone();
    }

    @Test
    void a_hundred_raw_connections_that_come_and_go() throws Exception {
        Leftovers leftovers = new Leftovers();
        try (RestreamServer server = Restream.createServer().listen(0)) {
            for (int i = 0; i < 100; i++) {
                try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort())) {
                    socket.setSoLinger(i % 2 == 0, 0);
                    socket.getOutputStream().write(new byte[i % 3]);
                }
            }
        }
        leftovers.areGone();
    }

    /** A connection that is accepted during the close is closed too. */
    @Test
    void a_hundred_servers_closed_while_clients_connect() throws Exception {
        Leftovers leftovers = new Leftovers();
        for (int i = 0; i < 100; i++) {
            try (RestreamServer server = Restream.createServer().listen(0)) {
                for (int j = 0; j < 20; j++) {
                    try (Socket socket = new Socket(
                            InetAddress.getLoopbackAddress(), server.address().getPort())) {
                        socket.getOutputStream().write(1);
                    }
                }
            }
        }
        leftovers.areGone();
    }

    @Test
    void two_hundred_clients_closed_while_they_connect_wait_or_exchange() throws Exception {
        Leftovers leftovers = new Leftovers();
        AtomicInteger inHandler = new AtomicInteger();
        try (RestreamServer server = Restream.createServer((req, res) -> {
                    try {
                        req.readAllBytes();
                    } finally {
                        inHandler.incrementAndGet();
                    }
                })
                .listen(0)) {
            List<RestreamClient> clients = new ArrayList<>();
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                CompletableFuture<Void> reached = new CompletableFuture<>();
                switch (i % 4) {
                    // at once, in whatever state it is
                    case 0 ->
                        clients.add(Restream.createClient(to(server.address().getPort())));
                    case 1 -> clients.add(Restream.createClient(to(nobody.number())));
                    case 2 -> {
                        clients.add(Restream.createClient(to(nobody.number())
                                .retryDelay(Duration.ofHours(1))
                                .listener(event -> {
                                    if (event instanceof ClientEvent.Waiting) {
                                        reached.complete(null);
                                    }
                                })));
                        running.add(reached);
                    }
                    default -> {
                        clients.add(Restream.createClient(to(server.address().getPort()), (req, res) -> {
                            req.write("no end");
                            req.flush();
                            reached.complete(null);
                            res.read();
                        }));
                        running.add(reached);
                    }
                }
            }
            for (CompletableFuture<Void> reached : running) {
                reached.get(30, TimeUnit.SECONDS);
            }
            clients.forEach(RestreamClient::close);
            assertThat(clients).allMatch(client -> client.state() == RestreamClient.State.CLOSED);
        }
        leftovers.areGone();
    }
}
