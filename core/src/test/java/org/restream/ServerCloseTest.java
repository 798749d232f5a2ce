package org.restream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.restream.testing.Events;
import org.restream.testing.Raw;

class ServerCloseTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Events<ServerEvent> events = new Events<>();
    private final CountDownLatch inHandler = new CountDownLatch(1);
    private RestreamServer server = Restream.createServer();

    private void listen(RestreamServer.Handler handler) throws Exception {
        server = Restream.createServer(ServerOptions.defaults().closeGrace(LONG).listener(events), (req, res) -> {
                    inHandler.countDown();
                    handler.handle(req, res);
                })
                .listen(0);
    }

    private Raw connect() throws Exception {
        Raw raw = new Raw(server.address()).say("{}\n\n");
        assertThat(inHandler.await(30, TimeUnit.SECONDS)).isTrue();
        return raw;
    }

    private CompletableFuture<Void> closeElsewhere(Duration grace) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        new Thread(() -> {
                    server.close(grace);
                    closed.complete(null);
                })
                .start();
        return closed;
    }

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    @Test
    void a_running_exchange_ends_within_the_grace_and_close_waits_for_it() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        listen((req, res) -> {
            mayEnd.await();
            res.write("in peace");
        });
        try (Raw raw = connect()) {
            CompletableFuture<Void> closed = closeElsewhere(LONG);
            raw.end();
            assertThat(closed).isNotDone();
            mayEnd.countDown();
            assertThat(raw.hear()).isEqualTo("{}\n\nin peace");
            closed.get(30, TimeUnit.SECONDS);
        }
        assertThat(events.names()).containsExactly("Listening", "Accepted", "Completed", "Closed");
        assertThat(server.isListening()).isFalse();
    }

    @Test
    void without_grace_it_resets_and_interrupts() throws Exception {
        CompletableFuture<Exception> thrown = new CompletableFuture<>();
        CountDownLatch written = new CountDownLatch(1);
        listen((req, res) -> {
            res.write("half");
            res.flush();
            written.countDown();
            try {
                new LinkedBlockingQueue<>().take();
            } catch (InterruptedException e) {
                thrown.complete(e);
            }
        });
        try (Raw raw = connect()) {
            written.await();
            server.close(Duration.ZERO);
            assertThat(thrown).isCompleted();
            assertThat(raw.hear()).endsWith("reset");
        }
        assertThat(events.names()).containsExactly("Listening", "Accepted", "Failed", "Closed");
        assertThat(events.await(ServerEvent.Failed.class).cause())
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("the server was closed");
    }

    @Test
    void without_grace_it_ends_reads_writes_and_listeners() throws Exception {
        List<RestreamServer.Handler> blocked = List.of(
                (req, res) -> req.readAllBytes(),
                (req, res) -> {
                    while (true) {
                        res.write(new byte[100_000]);
                    }
                },
                (req, res) -> req.onData(data -> new CountDownLatch(1).await()),
                (req, res) -> req.onEnd(() -> {}),
                (req, res) -> res.keepOpen(),
                (req, res) -> {
                    req.onData(data -> {});
                    new CountDownLatch(1).await();
                });
        LinkedBlockingQueue<RestreamServer.Handler> handlers = new LinkedBlockingQueue<>(blocked);
        CountDownLatch all = new CountDownLatch(blocked.size());
        listen((req, res) -> {
            RestreamServer.Handler handler = handlers.take();
            all.countDown();
            handler.handle(req, res);
        });
        // kept, because garbage collection closes unreferenced sockets
        List<Raw> clients = new ArrayList<>();
        for (int i = 0; i < blocked.size(); i++) {
            clients.add(connect().say("data"));
        }
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        server.close(Duration.ZERO);
        for (Raw client : clients) {
            client.close();
        }
        assertThat(events.all(ServerEvent.Failed.class)).hasSize(blocked.size());
        assertThat(events.names()).endsWith("Failed", "Closed");
    }

    @Test
    void an_interrupt_ends_the_grace_and_is_kept() throws Exception {
        listen((req, res) -> req.readAllBytes());
        try (Raw raw = connect()) {
            Thread.currentThread().interrupt();
            server.close(LONG);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(raw.hear()).isEqualTo("reset");
        }
        assertThat(events.names()).endsWith("Failed", "Closed");
    }

    @Test
    void from_a_handler_it_does_not_wait_and_the_exchange_may_end() throws Exception {
        listen((req, res) -> {
            server.close();
            res.write("bye");
        });
        try (Raw raw = connect()) {
            assertThat(raw.end().hear()).isEqualTo("{}\n\nbye");
        }
        events.await(ServerEvent.Closed.class);
        assertThat(events.names()).containsExactly("Listening", "Accepted", "Completed", "Closed");
    }

    @Test
    void from_a_stream_listener_it_does_not_wait() throws Exception {
        listen((req, res) -> req.onHeader(header -> server.close(Duration.ZERO)).onEnd(res::end));
        try (Raw raw = connect()) {
            assertThat(raw.hear()).isEqualTo("reset");
        }
        events.await(ServerEvent.Closed.class);
    }

    @Test
    void from_the_event_listener_it_does_not_wait() throws Exception {
        for (Class<?> when :
                List.of(ServerEvent.Listening.class, ServerEvent.Accepted.class, ServerEvent.Completed.class)) {
            CompletableFuture<RestreamServer> self = new CompletableFuture<>();
            Events<ServerEvent> seen = new Events<>();
            RestreamServer closing =
                    Restream.createServer(ServerOptions.defaults().listener(event -> {
                        seen.accept(event);
                        if (when.isInstance(event)) {
                            self.get().close(Duration.ZERO);
                        }
                    }));
            self.complete(closing);
            closing.listen(0);
            if (when != ServerEvent.Listening.class) {
                try (Raw raw = new Raw(closing.address())) {
                    raw.say("{}\n\n").end().hear();
                }
            }
            seen.await(ServerEvent.Closed.class);
            closing.close();
            assertThat(seen.names()).startsWith("Listening").endsWith("Closed");
        }
    }

    @Test
    void twice_and_from_two_threads_is_once() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        listen((req, res) -> mayEnd.await());
        try (Raw raw = connect()) {
            CompletableFuture<Void> first = closeElsewhere(LONG);
            CompletableFuture<Void> second = closeElsewhere(LONG);
            raw.end();
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
            mayEnd.countDown();
            first.get(30, TimeUnit.SECONDS);
            second.get(30, TimeUnit.SECONDS);
            server.close();
        }
        assertThat(events.all(ServerEvent.Closed.class)).hasSize(1);
        assertThat(events.names()).endsWith("Closed");
    }

    @Test
    void a_second_close_waits_until_the_last_event_has_been_told() throws Exception {
        CompletableFuture<Thread.State> second = new CompletableFuture<>();
        CompletableFuture<RestreamServer> self = new CompletableFuture<>();
        server = Restream.createServer(ServerOptions.defaults().listener(event -> {
            if (event instanceof ServerEvent.Closed) {
                Thread closing = new Thread(() -> self.join().close(Duration.ZERO));
                closing.start();
                second.complete(rest(closing));
            }
        }));
        self.complete(server.listen(0));
        server.close(Duration.ZERO);
        assertThat(second).isCompletedWithValue(Thread.State.TIMED_WAITING);
    }

    @Test
    void whoever_closes_in_the_last_event_does_not_wait_for_it() throws Exception {
        CompletableFuture<RestreamServer> self = new CompletableFuture<>();
        CompletableFuture<Boolean> returned = new CompletableFuture<>();
        server = Restream.createServer(ServerOptions.defaults().listener(event -> {
            if (event instanceof ServerEvent.Closed) {
                self.join().close(Duration.ZERO);
                returned.complete(true);
            }
        }));
        self.complete(server.listen(0));
        server.close(Duration.ZERO);
        assertThat(returned).isCompletedWithValue(true);
    }

    /** The state of a thread when it waits or has ended. */
    private static Thread.State rest(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
        return thread.getState();
    }

    @Test
    void a_second_close_can_shorten_the_grace() throws Exception {
        listen((req, res) -> req.readAllBytes());
        try (Raw raw = connect()) {
            CompletableFuture<Void> first = closeElsewhere(LONG);
            server.close(Duration.ZERO);
            first.get(30, TimeUnit.SECONDS);
            assertThat(raw.hear()).isEqualTo("reset");
        }
    }

    @Test
    void an_exchange_that_has_only_been_accepted_is_not_begun() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        CountDownLatch calls = new CountDownLatch(1);
        server = Restream.createServer(
                ServerOptions.defaults().listener(event -> {
                    events.accept(event);
                    if (event instanceof ServerEvent.Accepted) {
                        mayGoOn.await();
                    }
                }),
                (req, res) -> {
                    calls.countDown();
                    // only an interrupt would end this, and none comes
                    new CountDownLatch(1).await();
                });
        server.listen(0);
        try (Raw raw = new Raw(server.address())) {
            events.await(ServerEvent.Accepted.class);
            CompletableFuture<Void> closed = closeElsewhere(Duration.ZERO);
            assertThat(raw.hear()).isEqualTo("reset");
            mayGoOn.countDown();
            events.await(ServerEvent.Failed.class);
            closed.get(30, TimeUnit.SECONDS);
        }
        assertThat(calls.getCount()).isEqualTo(1);
        assertThat(events.names()).containsExactly("Listening", "Accepted", "Failed", "Closed");
    }

    @Test
    void nothing_happens_after_the_close() throws Exception {
        for (int round = 0; round < 300; round++) {
            Events<ServerEvent> seen = new Events<>();
            RestreamServer closing =
                    Restream.createServer(ServerOptions.defaults().listener(seen), (req, res) -> res.end("well"));
            closing.listen(0);
            ClientOptions options = ClientOptions.defaults()
                    .servers("127.0.0.1:" + closing.address().getPort())
                    .retryDelay(Duration.ZERO);
            try (RestreamClient one = Restream.createClient(options.reconnect(Reconnect.ALWAYS));
                    RestreamClient two = Restream.createClient(options.reconnect(Reconnect.ALWAYS))) {
                seen.await(ServerEvent.Completed.class);
                closing.close(round % 2 == 0 ? Duration.ZERO : LONG);
                assertThat(seen.names()).as("round %d", round).endsWith("Closed");
                int events = seen.all().size();
                closing.close();
                assertThat(seen.all()).hasSize(events);
            }
            assertThat(seen.names()).as("round %d", round).endsWith("Closed");
        }
    }
}
