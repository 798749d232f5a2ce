package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.restream.testing.Events;
import org.restream.testing.Logs;
import org.restream.testing.Raw;

/** Refusals of a server, and what clients receive, over real connections. */
class RefusalOverSocketsTest {
    private final Events<ServerEvent> atServer = new Events<>();
    private final Events<ClientEvent> atClient = new Events<>();
    private final AtomicInteger requests = new AtomicInteger();
    private RestreamServer server = Restream.createServer();

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

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

    private void listen(RestreamServer.Handler handler) throws Exception {
        listen(ServerOptions.defaults(), handler);
    }

    private void listen(ServerOptions options, RestreamServer.Handler handler) throws Exception {
        server = Restream.createServer(server(options.listener(atServer)), (req, res) -> {
                    requests.incrementAndGet();
                    handler.handle(req, res);
                })
                .listen(0);
    }

    private ClientOptions options() {
        return client(ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .retryDelay(Duration.ofMillis(1))
                .maxFailures(3)
                .listener(atClient));
    }

    private static Throwable failure(RestreamClient client) {
        Throwable thrown = catchThrowable(() -> client.completion().get(30, TimeUnit.SECONDS));
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        return thrown.getCause();
    }

    private static void isRefusal(Throwable thrown) {
        assertThat(thrown).isInstanceOf(RefusedException.class).hasMessage("refused by the server: disk full");
    }

    /** Refuses this many times, then answers. */
    private RestreamServer.Handler refusing(int times, Duration retryAfter) {
        return (req, res) -> {
            if (requests.get() <= times) {
                throw new Refusal("disk full", retryAfter);
            }
            res.end("well");
        };
    }

    @ParameterizedTest
    @CsvSource({"60000, ',\"retryMs\":60000'", "-1, ''", "0, ',\"retryMs\":0'"})
    void what_any_peer_sees_of_it(long millis, String shown) throws Exception {
        listen((req, res) -> {
            throw new Refusal("disk full", millis < 0 ? null : Duration.ofMillis(millis));
        });
        try (Raw raw = new Raw(server.address())) {
            assertThat(raw.say("{}\n\nrequest").end().hear())
                    .isEqualTo("{\"refused\":{\"reason\":\"disk full\"" + shown + "}}\n\n");
        }
        ServerEvent.Failed failed = atServer.await(ServerEvent.Failed.class);
        assertThat(failed.cause()).isInstanceOf(Refusal.class).hasMessage("refused: disk full");
        assertThat(failed.bytesReceived()).isEqualTo(7);
        assertThat(failed.bytesSent()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"'', NoRequest", "'GET / HTTP/1.1', Rejected"})
    void who_asks_nothing_is_told_of_as_ever(String said, String event) throws Exception {
        listen(ServerOptions.defaults().allowEmptyRequest(false), (req, res) -> {
            throw new Refusal("disk full");
        });
        try (Raw raw = new Raw(server.address())) {
            raw.say(said).end().hear();
        }
        server.close();
        assertThat(atServer.names()).containsExactly("Listening", "Accepted", event, "Closed");
    }

    @ParameterizedTest
    @EnumSource(Reconnect.class)
    void for_good_it_is_the_end_of_a_client_in_every_mode(Reconnect mode) throws Exception {
        listen(refusing(1, null));
        CompletableFuture<Throwable> header = new CompletableFuture<>();
        CompletableFuture<Throwable> read = new CompletableFuture<>();
        try (RestreamClient client = Restream.createClient(options().reconnect(mode), (req, res) -> {
            req.end("question");
            header.complete(catchThrowable(res::header));
            read.complete(catchThrowable(res::read));
        })) {
            isRefusal(failure(client));
        }
        isRefusal(header.join());
        isRefusal(read.join());
        assertThat(requests).hasValue(1);
        assertThat(atClient.names()).containsExactly("Connecting", "Connected", "Lost", "GaveUp", "Closed");
        isRefusal(atClient.await(ClientEvent.Lost.class).cause());
        isRefusal(atClient.await(ClientEvent.GaveUp.class).cause());
    }

    @ParameterizedTest
    @EnumSource(
            value = Reconnect.class,
            names = {"UNTIL_COMPLETE", "ALWAYS"})
    void for_now_the_client_comes_again_after_that_time(Reconnect mode) throws Exception {
        listen(refusing(2, Duration.ofMillis(70)));
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (RestreamClient client = Restream.createClient(
                options().retryDelay(Duration.ofHours(1)).reconnect(mode),
                (req, res) -> answer.complete(res.readText()))) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("well");
            assertThat(client.completion().isDone() && mode == Reconnect.ALWAYS).isFalse();
        }
        assertThat(atClient.all(ClientEvent.Waiting.class))
                .extracting(ClientEvent.Waiting::delay)
                .containsExactly(Duration.ofMillis(70), Duration.ofMillis(70));
        assertThat(atClient.all(ClientEvent.Lost.class))
                .extracting(ClientEvent.Lost::failures)
                .containsExactly(1, 2);
    }

    @Test
    void where_a_request_goes_out_once_it_does_not_come_again() throws Exception {
        listen(refusing(9, Duration.ZERO));
        try (RestreamClient client = Restream.createClient(options().reconnect(Reconnect.UNTIL_CONNECTED))) {
            isRefusal(failure(client));
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void for_now_too_often_it_gives_up() throws Exception {
        listen(refusing(9, Duration.ofMillis(1)));
        try (RestreamClient client = Restream.createClient(options())) {
            Throwable failure = failure(client);
            assertThat(failure).isInstanceOf(GaveUpException.class);
            isRefusal(failure.getCause());
        }
        assertThat(requests).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource({"false, true", "true, false", "false, false"})
    void switched_off_on_either_side(boolean told, boolean meant) throws Exception {
        listen(ServerOptions.defaults().refusals(told), refusing(1, null));
        CompletableFuture<Header> header = new CompletableFuture<>();
        try (RestreamClient client = Restream.createClient(options().refusals(meant), (req, res) -> {
            req.end();
            header.complete(res.header());
        })) {
            client.completion().get(30, TimeUnit.SECONDS);
        }
        assertThat(requests).hasValue(told ? 1 : 2);
        assertThat(header.join()).hasToString(told ? "{\"refused\":{\"reason\":\"disk full\"}}" : "{}");
        assertThat(atServer.await(ServerEvent.Failed.class).cause()).isInstanceOf(Refusal.class);
    }

    @Test
    void a_client_in_the_midst_of_a_large_request_hears_it_and_the_server_knows_what_it_said() throws Exception {
        listen((req, res) -> {
            req.header();
            throw new Refusal("disk full");
        });
        try (RestreamClient client = Restream.createClient(options(), (req, res) -> {
            while (true) {
                req.write(new byte[100_000]);
            }
        })) {
            isRefusal(failure(client));
        }
        assertThat(atServer.await(ServerEvent.Failed.class).cause()).isInstanceOf(Refusal.class);
    }

    @Test
    void so_does_one_that_is_not_interrupted_by_losses() throws Exception {
        listen((req, res) -> {
            throw new Refusal("disk full");
        });
        try (RestreamClient client = Restream.createClient(options().interruptOnLoss(false), (req, res) -> {
            req.write(new byte[10_000_000]);
            res.header();
        })) {
            isRefusal(failure(client));
        }
        assertThat(atServer.await(ServerEvent.Failed.class).cause()).isInstanceOf(Refusal.class);
    }

    @Test
    void after_the_answer_has_begun_it_is_a_reset_and_the_client_comes_again() throws Exception {
        listen((req, res) -> {
            req.header();
            res.write("half");
            res.flush();
            if (requests.get() == 1) {
                throw new Refusal("disk full");
            }
        });
        try (RestreamClient client = Restream.createClient(options(), (req, res) -> {
            req.end();
            assertThat(res.readText()).isEqualTo("half");
        })) {
            client.completion().get(30, TimeUnit.SECONDS);
        }
        assertThat(atClient.await(ClientEvent.Lost.class).cause()).isInstanceOf(aborted());
        assertThat(atServer.await(ServerEvent.Failed.class).cause()).isInstanceOf(Refusal.class);
    }

    @Test
    void it_is_not_logged_as_a_bug_on_either_side() throws Exception {
        try (Logs logs = Logs.catchAll();
                RestreamServer silent = Restream.createServer(server(ServerOptions.defaults()), (req, res) -> {
                            throw new Refusal("disk full");
                        })
                        .listen(0);
                RestreamClient client = Restream.createClient(client(ClientOptions.defaults()
                        .servers("127.0.0.1:" + silent.address().getPort())))) {
            isRefusal(failure(client));
            silent.close();
            assertThat(logs.thrown()).isEmpty();
        }
    }

    @Test
    void its_time_is_not_negative_and_its_reason_not_null() {
        assertThatThrownBy(() -> new Refusal("r", Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("retryAfter");
        assertThatThrownBy(() -> new Refusal(null)).isInstanceOf(NullPointerException.class);
    }
}
