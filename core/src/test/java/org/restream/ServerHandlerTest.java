package org.restream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.testing.Events;
import org.restream.testing.Logs;
import org.restream.testing.Raw;

/** The effects of what a server's handlers and listeners do. */
class ServerHandlerTest {
    private final Events<ServerEvent> events = new Events<>();

    private RestreamServer listen(RestreamServer.Handler handler) throws Exception {
        return Restream.createServer(ServerOptions.defaults().listener(events), handler)
                .listen(0);
    }

    @Test
    void a_handler_that_throws_resets_its_peer_and_is_reported() throws Exception {
        RuntimeException bug = new IllegalStateException("a bug");
        try (RestreamServer server = listen((req, res) -> {
                    res.write("half");
                    res.flush();
                    throw bug;
                });
                Raw raw = new Raw(server.address()).say("{}\n\n")) {
            assertThat(raw.hear()).endsWith("reset");
            assertThat(events.await(ServerEvent.Failed.class).cause()).isSameAs(bug);
        }
    }

    @Test
    void an_error_is_reported_as_an_exception_is() throws Exception {
        Error bug = new StackOverflowError();
        try (RestreamServer server = listen((req, res) -> {
                    throw bug;
                });
                Raw raw = new Raw(server.address()).say("{}\n\n")) {
            assertThat(raw.hear()).isEqualTo("reset");
            assertThat(events.await(ServerEvent.Failed.class).cause()).isSameAs(bug);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "data", "end"})
    void a_listener_that_throws_resets_its_peer_and_is_reported(String which) throws Exception {
        RuntimeException bug = new IllegalStateException("a bug");
        try (RestreamServer server = listen((req, res) -> req.onHeader(header -> throwAt(which, "header", bug))
                        .onData(data -> throwAt(which, "data", bug))
                        .onEnd(() -> throwAt(which, "end", bug)));
                Raw raw = new Raw(server.address()).say("{}\n\ndata").end()) {
            assertThat(raw.hear()).isEqualTo("reset");
            assertThat(events.await(ServerEvent.Failed.class).cause()).isSameAs(bug);
        }
    }

    private static void throwAt(String which, String here, RuntimeException bug) {
        if (which.equals(here)) {
            throw bug;
        }
    }

    @Test
    void an_event_listener_that_throws_changes_nothing() throws Exception {
        ServerOptions options = ServerOptions.defaults().listener(event -> {
            events.accept(event);
            throw new IllegalStateException("from the listener");
        });
        try (Logs logs = Logs.catchAll();
                RestreamServer server = Restream.createServer(options).listen(0)) {
            for (int i = 0; i < 3; i++) {
                try (Raw raw = new Raw(server.address()).say("{}\n\n").end()) {
                    assertThat(raw.hear()).isEqualTo("{}\n\n");
                }
                events.await(ServerEvent.Completed.class);
            }
            server.close();
            assertThat(logs.thrown())
                    .hasSize(14)
                    .allMatch(thrown -> thrown.getMessage().equals("from the listener"));
        }
        assertThat(events.names())
                .containsExactly(
                        "Listening",
                        "Accepted",
                        "Completed",
                        "Accepted",
                        "Completed",
                        "Accepted",
                        "Completed",
                        "Closed");
    }

    @Test
    void events_come_one_at_a_time_and_in_the_order_of_each_exchange() throws Exception {
        try (RestreamServer server = listen((req, res) -> res.write("well"))) {
            List<Raw> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                clients.add(new Raw(server.address()).say("{}\n\n").end());
            }
            for (Raw client : clients) {
                assertThat(client.hear()).isEqualTo("{}\n\nwell");
                client.close();
            }
        }
        assertThat(events.overlapped()).isFalse();
        assertThat(events.names()).startsWith("Listening").endsWith("Closed").hasSize(202);
        List<ServerEvent> all = events.all();
        for (ServerEvent.Accepted accepted : events.all(ServerEvent.Accepted.class)) {
            assertThat(all.subList(all.indexOf(accepted), all.size()))
                    .anyMatch(event -> event instanceof ServerEvent.Completed completed
                            && completed.peer().equals(accepted.peer())
                            && completed.bytesSent() == 4
                            && completed.bytesReceived() == 0);
        }
    }

    /** The server ends without reading the requests: the kernel must not destroy the answers. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void two_hundred_clients_get_the_answer_of_a_server_that_does_not_read(boolean listening) throws Exception {
        byte[] request = new byte[600_000];
        String answer = "all of it ".repeat(100);
        AtomicInteger whole = new AtomicInteger();
        try (RestreamServer server = listen((req, res) -> res.write(answer))) {
            ClientOptions options = ClientOptions.defaults()
                    .servers("127.0.0.1:" + server.address().getPort())
                    .reconnect(Reconnect.UNTIL_CONNECTED);
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                clients.add(Restream.createClient(options, (req, res) -> {
                            StringBuilder text = new StringBuilder();
                            if (listening) {
                                res.onText(text::append).onEnd(() -> count(whole, text, answer));
                            }
                            req.write(request);
                            req.end();
                            if (!listening) {
                                count(whole, text.append(res.readText()), answer);
                            }
                        })
                        .completion());
            }
            for (CompletableFuture<Void> client : clients) {
                client.get(50, TimeUnit.SECONDS);
            }
        }
        assertThat(whole).hasValue(200);
        assertThat(events.all(ServerEvent.Completed.class)).hasSize(200);
    }

    private static void count(AtomicInteger whole, StringBuilder text, String answer) {
        if (text.toString().equals(answer)) {
            whole.incrementAndGet();
        }
    }

    @Test
    void without_an_event_listener_a_bug_is_logged() throws Exception {
        RuntimeException bug = new IllegalStateException("a bug");
        try (Logs logs = Logs.catchAll();
                RestreamServer server = Restream.createServer((req, res) -> {
                            throw bug;
                        })
                        .listen(0);
                Raw raw = new Raw(server.address()).say("{}\n\n")) {
            assertThat(raw.hear()).isEqualTo("reset");
            server.close();
            assertThat(logs.thrown()).containsExactly(bug);
        }
    }
}
