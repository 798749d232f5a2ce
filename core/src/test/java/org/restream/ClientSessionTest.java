package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.testing.ResettingRelay;

/** A client whose exchange runs over a session. */
@Timeout(60)
class ClientSessionTest {
    private static final int PATIENCE = 30;

    private final Queue<ClientEvent> events = new ConcurrentLinkedQueue<>();
    private final ClientOptions required = ClientOptions.defaults()
            .session(SessionMode.REQUIRED)
            .retryDelay(Duration.ofMillis(10))
            .listener(events::add);

    private static RestreamServer server(SessionLimits limits, RestreamServer.Handler handler) throws IOException {
        return Restream.createServer(ServerOptions.defaults().port(0).sessions(limits), handler)
                .listen();
    }

    private static RestreamServer plainServer(Queue<ServerEvent> told) throws IOException {
        return Restream.createServer(
                        ServerOptions.defaults().port(0).listener(told::add), (req, res) -> req.transferTo(res))
                .listen();
    }

    private static String address(RestreamServer server) {
        return "127.0.0.1:" + server.address().getPort();
    }

    /** Another name for this machine, since what is known of a server's address is known in the whole process. */
    private static String otherAddress(RestreamServer server) {
        return "localhost:" + server.address().getPort();
    }

    private <T extends ClientEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static void await(RestreamClient client) throws Exception {
        client.completion().get(PATIENCE, TimeUnit.SECONDS);
    }

    @Test
    void its_handlers_are_called_once_although_the_connection_is_cut_often() throws Exception {
        byte[] body = new byte[2_000_000];
        new SplittableRandom(1).nextBytes(body);
        AtomicInteger served = new AtomicInteger();
        AtomicInteger called = new AtomicInteger();
        AtomicReference<byte[]> echo = new AtomicReference<>();
        try (RestreamServer server = server(SessionLimits.defaults(), (req, res) -> {
                    served.incrementAndGet();
                    req.transferTo(res);
                });
                ResettingRelay relay = new ResettingRelay(server.address(), List.of(200_000, 150_000, 400, 333_333))) {
            RestreamClient client = Restream.createClient(required.servers(relay.address()), (req, res) -> {
                called.incrementAndGet();
                CompletableFuture<byte[]> answer = CompletableFuture.supplyAsync(() -> {
                    try {
                        return res.readAllBytes();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                req.write(body);
                req.end();
                echo.set(answer.get(PATIENCE, TimeUnit.SECONDS));
            });
            await(client);
            assertThat(relay.cuts()).isEqualTo(4);
        }
        assertThat(echo.get()).isEqualTo(body);
        assertThat(served).hasValue(1);
        assertThat(called).hasValue(1);
        assertThat(events(ClientEvent.Connected.class)).hasSize(1);
        assertThat(events(ClientEvent.Away.class)).hasSize(4);
        assertThat(events(ClientEvent.Resumed.class)).hasSameSizeAs(events(ClientEvent.Away.class));
        assertThat(events(ClientEvent.Lost.class)).isEmpty();
        assertThat(events(ClientEvent.Completed.class))
                .singleElement()
                .satisfies(done -> assertThat(done.bytesReceived()).isEqualTo(body.length));
    }

    @Test
    void the_server_reports_the_exchange_complete_before_the_client_does() throws Exception {
        Queue<ServerEvent> told = new ConcurrentLinkedQueue<>();
        CountDownLatch ended = new CountDownLatch(1);
        try (RestreamServer server = Restream.createServer(
                        ServerOptions.defaults()
                                .port(0)
                                .sessions(SessionLimits.defaults())
                                .listener(event -> {
                                    told.add(event);
                                    if (event instanceof ServerEvent.SessionEnded) {
                                        ended.countDown();
                                    }
                                }),
                        (req, res) -> res.end("answer"))
                .listen()) {
            await(Restream.createClient(required.servers(address(server)), (req, res) -> {
                req.end("request");
                assertThat(res.readText()).isEqualTo("answer");
            }));
            assertThat(ended.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(told).hasAtLeastOneElementOfType(ServerEvent.Completed.class);
        assertThat(told).doesNotHaveAnyElementsOfTypes(ServerEvent.Away.class, ServerEvent.Failed.class);
    }

    @Test
    void a_server_without_sessions_fails_a_client_that_requires_them() throws Exception {
        Queue<ServerEvent> told = new ConcurrentLinkedQueue<>();
        try (RestreamServer server = plainServer(told)) {
            RestreamClient client = Restream.createClient(required.servers(otherAddress(server)), (req, res) -> {});
            assertThatThrownBy(() -> await(client))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(NeverStartedException.class)
                    .hasMessageContaining(otherAddress(server))
                    .hasMessageContaining("disabled");
        }
        assertThat(events(ClientEvent.Failed.class)).hasSize(1);
        assertThat(events(ClientEvent.GaveUp.class)).hasSize(1);
    }

    @Test
    void where_one_of_several_servers_takes_sessions_it_is_found() throws Exception {
        try (RestreamServer without = plainServer(new ConcurrentLinkedQueue<>());
                RestreamServer with = server(SessionLimits.defaults(), (req, res) -> res.end("here"))) {
            await(Restream.createClient(required.servers(otherAddress(without), address(with)), (req, res) -> {
                req.end();
                assertThat(res.readText()).isEqualTo("here");
            }));
        }
        assertThat(events(ClientEvent.Failed.class)).hasSize(1);
    }

    @Test
    void where_sessions_are_only_preferred_it_falls_back_and_asks_no_more() throws Exception {
        Queue<ServerEvent> told = new ConcurrentLinkedQueue<>();
        try (RestreamServer server = plainServer(told)) {
            ClientOptions preferred = required.session(SessionMode.PREFERRED).servers(otherAddress(server));
            for (int i = 0; i < 2; i++) {
                await(Restream.createClient(preferred, (req, res) -> {
                    req.end("echo");
                    assertThat(res.readText()).isEqualTo("echo");
                }));
            }
        }
        assertThat(events(ClientEvent.FellBack.class)).hasSize(2);
        assertThat(told.stream().filter(ServerEvent.Accepted.class::isInstance)).hasSize(3);
    }

    @Test
    void it_never_falls_back_where_a_session_was_accepted_before() throws Exception {
        int port;
        ClientOptions preferred = required.session(SessionMode.PREFERRED).maxFailures(1);
        try (RestreamServer server = server(SessionLimits.defaults(), (req, res) -> res.end())) {
            port = server.address().getPort();
            await(Restream.createClient(preferred.servers(address(server)), (req, res) -> req.end()));
        }
        try (RestreamServer server = Restream.createServer((req, res) -> res.end())) {
            server.listen(port);
            RestreamClient client = Restream.createClient(preferred.servers(address(server)), (req, res) -> req.end());
            assertThatThrownBy(() -> await(client)).hasCauseInstanceOf(GaveUpException.class);
        }
        assertThat(events(ClientEvent.FellBack.class)).isEmpty();
    }

    /** A server that holds the request of a client, whose connection is lost for longer than the session is kept. */
    private void outlive(Reconnect mode, Outlived then) throws Exception {
        AtomicInteger served = new AtomicInteger();
        CountDownLatch began = new CountDownLatch(1);
        try (RestreamServer server = server(SessionLimits.defaults().keep(Duration.ofMillis(300)), (req, res) -> {
                    if (served.incrementAndGet() == 1) {
                        began.countDown();
                        req.readText();
                    }
                    res.end();
                });
                ResettingRelay relay = new ResettingRelay(server.address(), List.of())) {
            try (RestreamClient client =
                    Restream.createClient(required.servers(relay.address()).reconnect(mode), (req, res) -> {
                        req.write("the beginning");
                        req.flush();
                        if (served.get() > 1 || began.getCount() == 0) {
                            req.end();
                        }
                        res.readText();
                        req.end();
                    })) {
                assertThat(began.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
                relay.cutAndRefuse();
                then.check(client, relay, served);
            }
        }
    }

    private interface Outlived {
        void check(RestreamClient client, ResettingRelay relay, AtomicInteger served) throws Exception;
    }

    @Test
    void an_unknown_outcome_fails_a_client_that_calls_its_handler_once() throws Exception {
        outlive(Reconnect.UNTIL_CONNECTED, (client, relay, served) -> {
            assertThatThrownBy(() -> await(client)).hasCauseInstanceOf(OutcomeUnknownException.class);
            assertThat(served).hasValue(1);
        });
    }

    @Test
    void after_an_unknown_outcome_the_handler_is_called_again_until_it_is_complete() throws Exception {
        outlive(Reconnect.UNTIL_COMPLETE, (client, relay, served) -> {
            while (events(ClientEvent.Lost.class).isEmpty()) {
                Thread.onSpinWait();
            }
            relay.pass();
            await(client);
            assertThat(served).hasValue(2);
            assertThat(events(ClientEvent.Lost.class).get(0).cause()).isInstanceOf(OutcomeUnknownException.class);
            assertThat(events(ClientEvent.Completed.class).get(0).attempt()).isGreaterThan(1);
        });
    }

    @Test
    void a_client_that_is_closed_cancels_its_exchange_at_the_server() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        try (RestreamServer server = server(SessionLimits.defaults(), (req, res) -> {
            began.countDown();
            try {
                req.readText();
            } catch (IOException e) {
                failed.complete(e);
                throw e;
            }
        })) {
            RestreamClient client = Restream.createClient(required.servers(address(server)), (req, res) -> {
                req.write("the beginning");
                req.flush();
                res.readText();
            });
            assertThat(began.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
            client.close();
            assertThat(failed.get(PATIENCE, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> await(client)).isInstanceOf(java.util.concurrent.CancellationException.class);
        }
        assertThat(events(ClientEvent.Closed.class)).hasSize(1);
    }

    @Test
    void a_listener_may_close_the_client_while_its_connection_is_lost() throws Exception {
        AtomicReference<RestreamClient> self = new AtomicReference<>();
        CountDownLatch made = new CountDownLatch(1);
        try (RestreamServer server = server(SessionLimits.defaults(), (req, res) -> req.readText());
                ResettingRelay relay = new ResettingRelay(server.address(), List.of(1_000))) {
            RestreamClient client = Restream.createClient(
                    required.servers(relay.address()).listener(event -> {
                        if (event instanceof ClientEvent.Away) {
                            self.get().close();
                        }
                    }),
                    (req, res) -> {
                        made.await();
                        req.write(new byte[10_000]);
                        req.flush();
                        res.readText();
                    });
            self.set(client);
            made.countDown();
            assertThatThrownBy(() -> await(client)).isInstanceOf(java.util.concurrent.CancellationException.class);
        }
    }
}
