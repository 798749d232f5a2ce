package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.internal.reconnect.EventGrammar;
import org.restream.testing.Events;
import org.restream.testing.FullBacklog;
import org.restream.testing.Leftovers;
import org.restream.testing.ReservedPort;

/** {@code maxTime}: whatever a client does when its time is over, it gives up, and reports that. */
class MaxTimeTest {
    private static final Duration TIME = Duration.ofMillis(500);

    private static final Leftovers LEFTOVERS = new Leftovers();

    private final Events<ClientEvent> events = new Events<>();
    private RestreamServer server;

    @BeforeEach
    void listen() throws Exception {
        // answers if asked to; otherwise sends something, and then nothing more
        server = Restream.createServer((req, res) -> {
                    if (req.header().containsKey("answer")) {
                        res.end("well");
                        return;
                    }
                    res.write("some");
                    res.flush();
                    req.readAllBytes();
                    new LinkedBlockingQueue<>().take();
                })
                .listen(0);
    }

    @AfterAll
    static void leave_nothing() {
        LEFTOVERS.areGone();
    }

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private ClientOptions options() {
        return ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .retryDelay(Duration.ofHours(1))
                .connectTimeout(Duration.ofHours(1))
                .maxTime(TIME)
                .listener(events);
    }

    private GaveUpException gaveUp(RestreamClient client) {
        Throwable thrown = catchThrowable(() -> client.completion().get(30, TimeUnit.SECONDS));
        assertThat(thrown).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(GaveUpException.class);
        assertThat(thrown.getCause()).hasMessageStartingWith("gave up after 500 ms (maxTime)");
        assertThat(client.state()).isEqualTo(RestreamClient.State.CLOSED);
        ClientEvent.GaveUp event = events.all(ClientEvent.GaveUp.class).get(0);
        assertThat(event.cause()).isSameAs(thrown.getCause());
        return (GaveUpException) thrown.getCause();
    }

    @Test
    void while_it_connects() throws Exception {
        try (FullBacklog silent = new FullBacklog();
                RestreamClient client = Restream.createClient(options().servers(silent.address()))) {
            assertThat(gaveUp(client).getCause()).hasMessage("no attempt has failed");
        }
        assertThat(events.names()).containsExactly("Connecting", "GaveUp", "Closed");
    }

    @Test
    void while_it_waits_it_names_the_last_failure() throws Exception {
        try (ReservedPort nobody = new ReservedPort();
                RestreamClient client = Restream.createClient(options().servers(nobody.address()))) {
            GaveUpException gaveUp = gaveUp(client);
            ClientEvent.Failed failed = events.all(ClientEvent.Failed.class).get(0);
            assertThat(gaveUp).hasCause(failed.cause());
            assertThat(gaveUp).hasMessageEndingWith(failed.cause().getMessage());
        }
        assertThat(events.names()).containsExactly("Connecting", "Failed", "Waiting", "GaveUp", "Closed");
        ClientEvent.GaveUp event = events.await(ClientEvent.GaveUp.class);
        assertThat(event.failures()).isOne();
        assertThat(event.attempt()).isOne();
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
                handler("kept open", (req, res) -> req.keepOpen()));
    }

    private static Arguments handler(String name, RestreamClient.Handler handler) {
        return Arguments.of(name, handler);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocked")
    void while_its_handler_is(String name, RestreamClient.Handler handler) throws Exception {
        AtomicBoolean returned = new AtomicBoolean();
        try (RestreamClient client = Restream.createClient(options(), (req, res) -> {
            req.flush();
            try {
                handler.handle(req, res);
            } finally {
                returned.set(true);
            }
        })) {
            gaveUp(client);
            assertThat(returned).isTrue();
        }
        assertThat(events.names()).containsExactly("Connecting", "Connected", "GaveUp", "Closed");
    }

    @Test
    void between_the_exchanges_of_a_client_that_always_comes_back() throws Exception {
        CompletableFuture<Void> lost = new CompletableFuture<>();
        ClientOptions always = options().retryDelay(Duration.ofMillis(1)).reconnect(Reconnect.ALWAYS);
        try (RestreamClient client = Restream.createClient(always, (req, res) -> {
            if (lost.complete(null)) {
                throw new TryAgainException("once");
            }
            req.header("answer", true).end();
            res.readAllBytes();
            if (events.all(ClientEvent.Completed.class).size() > 1) {
                new LinkedBlockingQueue<>().take();
            }
        })) {
            assertThat(gaveUp(client)).hasMessageContaining("once");
        }
        EventGrammar.checkWhole(events.all(), "none");
        assertThat(events.all(ClientEvent.Completed.class)).hasSize(2);
        // failures in a row: an exchange has completed since
        assertThat(events.await(ClientEvent.GaveUp.class).failures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, Long.MAX_VALUE, 0})
    void may_be_as_short_and_as_long_as_it_can(long nanos) throws Exception {
        ClientOptions options = options().maxTime(Duration.ofNanos(nanos));
        try (RestreamClient client = Restream.createClient(options, (req, res) -> {
            req.header("answer", nanos != 1).end();
            res.readAllBytes();
            if (nanos == 1) {
                new LinkedBlockingQueue<>().take();
            }
        })) {
            Throwable thrown = catchThrowable(() -> client.completion().get(30, TimeUnit.SECONDS));
            if (nanos == 1) {
                assertThat(thrown).hasCauseInstanceOf(GaveUpException.class);
            } else {
                assertThat(thrown).isNull();
            }
        }
        EventGrammar.checkWhole(events.all(), "none");
        Leftovers.timersAreGone();
    }

    @Test
    void at_any_moment_the_events_are_in_order_and_agree_with_the_future() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            // the end of its time may interrupt the listener of an earlier event
            List<ClientEvent> told = new CopyOnWriteArrayList<>();
            ClientOptions options = options()
                    .maxTime(Duration.ofNanos(random.nextInt(3_000_000) + 1))
                    .listener(told::add);
            Throwable thrown;
            try (RestreamClient client = Restream.createClient(options, (req, res) -> {
                req.header("answer", true).end();
                res.readAllBytes();
            })) {
                thrown = catchThrowable(() -> client.completion().get(30, TimeUnit.SECONDS));
            }
            EventGrammar.checkWhole(told, seed);
            assertThat(told.stream().filter(ClientEvent.Completed.class::isInstance))
                    .as("seed " + seed)
                    .hasSize(thrown == null ? 1 : 0);
            assertThat(told.stream().filter(ClientEvent.GaveUp.class::isInstance))
                    .as("seed " + seed)
                    .hasSize(thrown == null ? 0 : 1);
        }
    }

    @Test
    void a_close_that_came_first_is_the_reason() throws Exception {
        CompletableFuture<Void> inHandler = new CompletableFuture<>();
        CompletableFuture<Void> timeIsOver = new CompletableFuture<>();
        ClientOptions always = options().reconnect(Reconnect.ALWAYS);
        try (RestreamClient client = Restream.createClient(always, (req, res) -> {
                    inHandler.complete(null);
                    uninterruptibly(timeIsOver);
                });
                RestreamClient clock = Restream.createClient(
                        options().listener(event -> {}), (req, res) -> new LinkedBlockingQueue<>().take())) {
            inHandler.get(30, TimeUnit.SECONDS);
            client.completion().cancel(true);
            // created later, with the same time: when it is over, that of the first one is over too
            assertThat(catchThrowable(() -> clock.completion().get(30, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(GaveUpException.class);
            timeIsOver.complete(null);
            client.completion().get(30, TimeUnit.SECONDS);
        }
        assertThat(events.names()).containsExactly("Connecting", "Connected", "Closed");
    }

    private static void uninterruptibly(CompletableFuture<Void> future) {
        // unlike get(), join() ignores interrupts
        future.join();
    }
}
