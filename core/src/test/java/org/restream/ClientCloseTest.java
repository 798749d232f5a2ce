package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.RestreamClient.State;
import org.restream.testing.Events;
import org.restream.testing.FullBacklog;
import org.restream.testing.Leftovers;

/** close() at any moment: it returns, nothing is called afterwards, and nothing leaks. */
class ClientCloseTest {
    private final Leftovers leftovers = new Leftovers();
    private final Events<ClientEvent> events = new Events<>();
    private final CompletableFuture<RestreamClient> self = new CompletableFuture<>();
    private RestreamServer server;

    @BeforeEach
    void listen() throws Exception {
        // sends something, and then nothing more
        server = Restream.createServer((req, res) -> {
                    res.write("some");
                    res.flush();
                    req.readAllBytes();
                    new LinkedBlockingQueue<>().take();
                })
                .listen(0);
    }

    @AfterEach
    void leave_nothing() {
        server.close(Duration.ZERO);
        leftovers.areGone();
    }

    private ClientOptions options() {
        return ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .retryDelay(Duration.ofHours(1))
                .connectTimeout(Duration.ofHours(1))
                .listener(events);
    }

    private RestreamClient start(ClientOptions options, RestreamClient.Handler handler) {
        RestreamClient client = Restream.createClient(options, handler);
        self.complete(client);
        return client;
    }

    private void isClosed(RestreamClient client) throws Exception {
        assertThat(client.state()).isEqualTo(State.CLOSED);
        assertThatThrownBy(() -> client.completion().get(30, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
        assertThat(events.names()).endsWith("Closed");
        assertThat(events.all(ClientEvent.Closed.class)).hasSize(1);
    }

    @Test
    void while_it_connects() throws Exception {
        try (FullBacklog silent = new FullBacklog()) {
            RestreamClient client = start(options().servers(silent.address()), (req, res) -> {});
            events.await(ClientEvent.Connecting.class);
            client.close();
            isClosed(client);
        }
        assertThat(events.names()).containsExactly("Connecting", "Closed");
    }

    @Test
    void while_it_waits() throws Exception {
        int closed = server.address().getPort();
        server.close(Duration.ZERO);
        RestreamClient client = start(options().servers("127.0.0.1:" + closed), (req, res) -> {});
        events.await(ClientEvent.Waiting.class);
        client.close();
        isClosed(client);
        assertThat(events.names()).containsExactly("Connecting", "Failed", "Waiting", "Closed");
    }

    static Stream<Arguments> blocked() {
        return Stream.of(
                handler("reading", (req, res) -> res.readAllBytes()),
                handler("writing", (req, res) -> {
                    while (true) {
                        req.write(new byte[100_000]);
                    }
                }),
                handler("in take()", (req, res) -> new LinkedBlockingQueue<>().take()),
                handler("listening", (req, res) -> res.onData(data -> {})),
                handler("in a listener", (req, res) -> res.onData(data -> new LinkedBlockingQueue<>().take())),
                handler("in take() and in a listener", (req, res) -> {
                    res.onData(data -> new LinkedBlockingQueue<>().take());
                    new LinkedBlockingQueue<>().take();
                }),
                handler("kept open", (req, res) -> req.keepOpen()),
                handler("reading, and swallowing what it gets", (req, res) -> {
                    try {
                        res.readAllBytes();
                    } catch (Exception e) {
                        return;
                    }
                }));
    }

    private static Arguments handler(String name, RestreamClient.Handler handler) {
        return Arguments.of(name, handler);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocked")
    void while_its_handler_is(String name, RestreamClient.Handler handler) throws Exception {
        CompletableFuture<Void> inHandler = new CompletableFuture<>();
        AtomicBoolean returned = new AtomicBoolean();
        RestreamClient client = start(options(), (req, res) -> {
            req.header("a", 1).flush();
            res.header();
            inHandler.complete(null);
            try {
                handler.handle(req, res);
            } finally {
                returned.set(true);
            }
        });
        inHandler.get(30, TimeUnit.SECONDS);
        client.close();
        assertThat(returned).isTrue();
        isClosed(client);
        assertThat(events.names()).containsExactly("Connecting", "Connected", "Closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"handler", "header", "data", "error"})
    void from_what_it_calls_itself(String where) throws Exception {
        AtomicBoolean after = new AtomicBoolean();
        RestreamClient client = start(options(), (req, res) -> {
            if (where.equals("handler")) {
                self.get().close();
                return;
            }
            if (where.equals("header")) {
                res.onHeader(header -> self.get().close());
            } else if (where.equals("data")) {
                res.onData(data -> {
                    if (after.getAndSet(true)) {
                        throw new AssertionError("called after close()");
                    }
                    self.get().close();
                });
            } else {
                res.onError(e -> self.get().close());
                req.abort();
            }
            res.onEnd(() -> {
                throw new AssertionError("called after close()");
            });
            req.flush();
        });
        events.await(ClientEvent.Closed.class);
        client.close();
        assertThat(client.state()).isEqualTo(State.CLOSED);
        assertThat(client.completion()).isCompletedExceptionally();
        assertThat(events.all(ClientEvent.Completed.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {ClientEvent.Connecting.class, ClientEvent.Connected.class})
    void from_its_event_listener(Class<?> when) throws Exception {
        AtomicBoolean called = new AtomicBoolean();
        RestreamClient client = start(
                options().listener(event -> {
                    events.accept(event);
                    if (when.isInstance(event)) {
                        self.get().close();
                    }
                }),
                (req, res) -> called.set(true));
        events.await(ClientEvent.Closed.class);
        client.close();
        assertThat(called).isFalse();
        isClosed(client);
        assertThat(events.names().get(events.names().size() - 2)).isEqualTo(when.getSimpleName());
    }

    @ParameterizedTest
    @ValueSource(classes = {ClientEvent.Failed.class, ClientEvent.Waiting.class})
    void from_its_event_listener_after_a_failure(Class<?> when) throws Exception {
        server.close(Duration.ZERO);
        RestreamClient client = start(
                options().listener(event -> {
                    events.accept(event);
                    if (when.isInstance(event)) {
                        self.get().close();
                    }
                }),
                (req, res) -> {});
        events.await(ClientEvent.Closed.class);
        client.close();
        isClosed(client);
        assertThat(events.names().get(events.names().size() - 2)).isEqualTo(when.getSimpleName());
    }

    @ParameterizedTest
    @EnumSource(Reconnect.class)
    void completing_it_from_outside_closes_it(Reconnect mode) throws Exception {
        RestreamClient client = start(options().reconnect(mode), (req, res) -> res.readAllBytes());
        events.await(ClientEvent.Connected.class);
        switch (mode) {
            case UNTIL_CONNECTED -> client.completion().cancel(true);
            case UNTIL_COMPLETE -> client.completion().complete(null);
            case ALWAYS -> client.completion().completeExceptionally(new IllegalStateException("enough"));
        }
        events.await(ClientEvent.Closed.class);
        assertThat(client.state()).isEqualTo(State.CLOSED);
        assertThat(events.names()).containsExactly("Connecting", "Connected", "Closed");
    }

    @Test
    void from_many_threads_at_once() throws Exception {
        for (int round = 0; round < 200; round++) {
            // close() may interrupt the listener of an earlier event
            ClientOptions options = options().listener(event -> {});
            RestreamClient client = Restream.createClient(options, (req, res) -> res.readAllBytes());
            CompletableFuture<?>[] closes = new CompletableFuture<?>[4];
            for (int i = 0; i < closes.length; i++) {
                closes[i] = CompletableFuture.runAsync(client::close);
            }
            CompletableFuture.allOf(closes).get(30, TimeUnit.SECONDS);
            assertThat(client.state()).isEqualTo(State.CLOSED);
            assertThat(client.completion()).isCompletedExceptionally();
        }
    }

    @Test
    void interrupts_not_the_listener_that_is_told_of_it() throws Exception {
        server.close(Duration.ZERO);
        AtomicInteger interrupted = new AtomicInteger();
        for (int round = 0; round < 500; round++) {
            CompletableFuture<Void> waiting = new CompletableFuture<>();
            ClientOptions options = options().listener(event -> {
                if (event instanceof ClientEvent.Waiting) {
                    waiting.complete(null);
                } else if (event instanceof ClientEvent.Closed) {
                    // gives the closing thread time to interrupt this one
                    for (int i = 0; i < 10_000 && !Thread.currentThread().isInterrupted(); i++) {
                        Thread.onSpinWait();
                    }
                    if (Thread.currentThread().isInterrupted()) {
                        interrupted.incrementAndGet();
                    }
                }
            });
            try (RestreamClient client = Restream.createClient(options)) {
                waiting.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(interrupted).hasValue(0);
    }

    @Test
    void closed_it_ignores_retryNow_and_another_close() throws Exception {
        RestreamClient client = start(options(), (req, res) -> res.readAllBytes());
        client.close();
        client.close();
        client.retryNow();
        isClosed(client);
    }
}
