package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.testing.Events;
import org.restream.testing.Logs;

/** A client's handler or listener rejects an answer and asks for another attempt. */
class TryAgainTest {
    private final Events<ClientEvent> events = new Events<>();
    private final AtomicInteger badAnswers = new AtomicInteger();
    private RestreamServer bad;
    private RestreamServer good;

    /** What the exchanges go over; a subclass has sessions in their place. */
    ClientOptions client(ClientOptions options) {
        return options;
    }

    ServerOptions server(ServerOptions options) {
        return options;
    }

    /** What a client hears of an exchange that the server has aborted. */
    Class<? extends IOException> aborted() {
        return ConnectionLostException.class;
    }

    @BeforeEach
    void listen() throws Exception {
        bad = Restream.createServer(server(ServerOptions.defaults()), (req, res) -> {
                    req.readAllBytes();
                    badAnswers.incrementAndGet();
                    res.header("is", "bad").end("bad");
                })
                .listen(0);
        good = Restream.createServer(server(ServerOptions.defaults()), (req, res) -> {
                    req.readAllBytes();
                    res.header("is", "good").end("good");
                })
                .listen(0);
    }

    @AfterEach
    void close() {
        bad.close(Duration.ZERO);
        good.close(Duration.ZERO);
    }

    private static String at(RestreamServer server) {
        return "127.0.0.1:" + server.address().getPort();
    }

    private ClientOptions options(String... servers) {
        return client(ClientOptions.defaults()
                .servers(servers)
                .retryDelay(Duration.ofMillis(1))
                .listener(events));
    }

    private static void check(String answer) throws TryAgainException {
        if (answer.contains("bad")) {
            throw new TryAgainException("the checksum is wrong");
        }
    }

    private static Throwable failure(RestreamClient client) {
        return catchThrowable(() -> client.completion().get(30, TimeUnit.SECONDS))
                .getCause();
    }

    private static void attach(String where, Incoming res) {
        switch (where) {
            case "header" -> res.onHeader(header -> check(header.toString())).onEnd(() -> {});
            case "data" -> res.onText(TryAgainTest::check);
            default -> {
                StringBuilder answer = new StringBuilder();
                res.onText(answer::append).onEnd(() -> check(answer.toString()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"handler", "header", "data", "end"})
    void has_the_next_server_and_counts_as_a_failure(String where) throws Exception {
        AtomicInteger errors = new AtomicInteger();
        try (RestreamClient client = Restream.createClient(options(at(bad), at(good)), (req, res) -> {
            if (where.equals("handler")) {
                req.end("question");
                check(res.readText());
            } else {
                attach(where, res);
                res.onError(error -> errors.incrementAndGet());
                req.end("question");
            }
        })) {
            client.completion().get(30, TimeUnit.SECONDS);
        }
        assertThat(events.names())
                .containsExactly(
                        "Connecting", "Connected", "Lost", "Waiting", "Connecting", "Connected", "Completed", "Closed");
        ClientEvent.Lost lost = events.await(ClientEvent.Lost.class);
        assertThat(lost.cause()).isInstanceOf(TryAgainException.class).hasMessage("the checksum is wrong");
        assertThat(lost.failures()).isOne();
        // a listener that was called for the end is not called for an error
        assertThat(errors).hasValue(where.equals("header") || where.equals("data") ? 1 : 0);
    }

    @Test
    void is_counted_though_the_server_has_answered_so_that_there_is_an_end() throws Exception {
        try (RestreamClient client = Restream.createClient(options(at(bad)).maxFailures(3), (req, res) -> {
            req.end();
            check(res.readText());
        })) {
            Throwable failure = failure(client);
            assertThat(failure).isInstanceOf(GaveUpException.class).hasMessageContaining("the checksum is wrong");
            assertThat(failure.getCause()).isInstanceOf(TryAgainException.class);
        }
        assertThat(badAnswers).hasValue(3);
        assertThat(events.all(ClientEvent.Lost.class))
                .extracting(ClientEvent.Lost::failures)
                .containsExactly(1, 2, 3);
    }

    @Test
    void is_the_end_where_a_request_goes_out_once() throws Exception {
        try (RestreamClient client =
                Restream.createClient(options(at(bad)).reconnect(Reconnect.UNTIL_CONNECTED), (req, res) -> {
                    req.end();
                    check(res.readText());
                })) {
            assertThat(failure(client)).isInstanceOf(TryAgainException.class);
        }
        assertThat(badAnswers).hasValue(1);
    }

    @Test
    void of_a_client_that_always_comes_back_is_one_loss_among_others() throws Exception {
        CompletableFuture<Void> twice = new CompletableFuture<>();
        AtomicInteger goods = new AtomicInteger();
        try (RestreamClient client =
                Restream.createClient(options(at(bad), at(good)).reconnect(Reconnect.ALWAYS), (req, res) -> {
                    req.end();
                    check(res.readText());
                    if (goods.incrementAndGet() == 2) {
                        twice.complete(null);
                    }
                })) {
            twice.get(30, TimeUnit.SECONDS);
        }
        assertThat(badAnswers).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void that_is_wrapped_or_comes_from_a_server_is_any_exception(Side side) throws Exception {
        TryAgainException again = new TryAgainException("again");
        Events<ServerEvent> atServer = new Events<>();
        try (RestreamServer server = Restream.createServer(
                                server(ServerOptions.defaults().listener(atServer)), (req, res) -> {
                                    req.readAllBytes();
                                    if (side == Side.SERVER) {
                                        throw again;
                                    }
                                })
                        .listen(0);
                RestreamClient client =
                        Restream.createClient(options(at(server)).maxFailures(1), (req, res) -> {
                            req.end();
                            res.readText();
                            throw new IOException(again);
                        })) {
            Throwable failure = failure(client);
            if (side == Side.CLIENT) {
                assertThat(failure).isInstanceOf(IOException.class).hasCause(again);
                assertThat(events.all(ClientEvent.Lost.class)).isEmpty();
            } else {
                assertThat(atServer.await(ServerEvent.Failed.class).cause()).isSameAs(again);
                assertThat(failure.getCause()).isInstanceOf(aborted());
            }
        }
    }

    /** The side whose handler throws. */
    enum Side {
        CLIENT,
        SERVER
    }

    @Test
    void is_no_bug_that_is_logged_but_on_a_server_it_is() throws Exception {
        try (Logs logs = Logs.catchAll()) {
            ClientOptions once =
                    client(ClientOptions.defaults().servers(at(bad)).maxFailures(1));
            try (RestreamClient client = Restream.createClient(once, (req, res) -> {
                throw new TryAgainException("again");
            })) {
                assertThat(failure(client)).isInstanceOf(GaveUpException.class);
            }
            assertThat(logs.thrown()).isEmpty();
            try (RestreamServer server = Restream.createServer(server(ServerOptions.defaults()), (req, res) -> {
                                throw new TryAgainException("again");
                            })
                            .listen(0);
                    RestreamClient client = Restream.createClient(once.servers(at(server)))) {
                assertThat(failure(client)).isInstanceOf(GaveUpException.class);
            }
            assertThat(logs.thrown()).singleElement().isInstanceOf(TryAgainException.class);
        }
    }

    @Test
    void has_the_text_of_its_cause() {
        assertThat(new TryAgainException(new IOException("disk full"))).hasMessage("java.io.IOException: disk full");
    }
}
