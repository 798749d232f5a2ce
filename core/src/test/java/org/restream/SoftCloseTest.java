package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.testing.Events;
import org.restream.testing.Leftovers;
import org.restream.testing.ReservedPort;
import org.restream.testing.TestCa;

/** {@link RestreamClient#close(Duration)}: the running exchange may end, and no other follows. */
class SoftCloseTest {
    private static final Duration LONG = Duration.ofHours(1);

    private static final Leftovers LEFTOVERS = new Leftovers();

    private final Events<ClientEvent> events = new Events<>();
    private final AtomicInteger calls = new AtomicInteger();
    private RestreamServer server;

    @BeforeEach
    void listen() throws Exception {
        server = Restream.createServer().listen(0);
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
                .retryDelay(LONG)
                .connectTimeout(LONG)
                .listener(events);
    }

    /** Calls close on another thread, and returns when that waits. */
    private static FutureTask<Void> closing(RestreamClient client, Duration grace) {
        FutureTask<Void> close = new FutureTask<>(() -> client.close(grace), null);
        Thread thread = new Thread(close, "close");
        thread.start();
        await().pollInterval(Duration.ofMillis(1)).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return close;
    }

    private void isCancelled(RestreamClient client) {
        assertThat(client.state()).isEqualTo(RestreamClient.State.CLOSED);
        assertThatThrownBy(() -> client.completion().get(30, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
        assertThat(events.names()).endsWith("Closed");
    }

    @ParameterizedTest
    @EnumSource(Reconnect.class)
    void lets_the_exchange_end_that_is_running(Reconnect mode) throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        RestreamClient client = Restream.createClient(options().reconnect(mode), (req, res) -> {
            calls.incrementAndGet();
            reached.complete(null);
            go.get(30, TimeUnit.SECONDS);
            req.end();
            res.readAllBytes();
        });
        reached.get(30, TimeUnit.SECONDS);
        FutureTask<Void> close = closing(client, Duration.ofNanos(Long.MAX_VALUE));
        go.complete(null);
        close.get(30, TimeUnit.SECONDS);
        client.completion().get(30, TimeUnit.SECONDS);
        assertThat(calls).hasValue(1);
        assertThat(events.names()).containsExactly("Connecting", "Connected", "Completed", "Closed");
    }

    @Test
    void resets_it_when_the_grace_is_over() throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        RestreamClient client = Restream.createClient(options(), (req, res) -> {
            reached.complete(null);
            res.readAllBytes();
        });
        reached.get(30, TimeUnit.SECONDS);
        client.close(Duration.ofMillis(50));
        isCancelled(client);
    }

    @Test
    void does_not_wait_for_a_connection_that_is_not_made() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            RestreamClient client = Restream.createClient(
                    options().servers("127.0.0.1:" + silent.getLocalPort()).tls(new TestCa().context()));
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.getInputStream().read()).isPositive();
                client.close(LONG);
                isCancelled(client);
            }
        }
    }

    @Test
    void nor_for_the_next_attempt() throws Exception {
        try (ReservedPort nobody = new ReservedPort()) {
            RestreamClient client = Restream.createClient(options().servers(nobody.address()));
            events.await(ClientEvent.Waiting.class);
            client.close(LONG);
            isCancelled(client);
        }
        assertThat(events.names()).containsExactly("Connecting", "Failed", "Waiting", "Closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"handler", "listener"})
    void from_what_it_calls_itself_it_does_not_wait_and_the_exchange_may_end(String where) throws Exception {
        CompletableFuture<RestreamClient> self = new CompletableFuture<>();
        RestreamClient client = Restream.createClient(options().reconnect(Reconnect.ALWAYS), (req, res) -> {
            calls.incrementAndGet();
            if (where.equals("handler")) {
                self.get(30, TimeUnit.SECONDS).close(LONG);
                req.end();
                res.readAllBytes();
            } else {
                res.onHeader(header -> self.get(30, TimeUnit.SECONDS).close(LONG))
                        .onEnd(() -> {});
                req.end();
            }
        });
        self.complete(client);
        client.completion().get(30, TimeUnit.SECONDS);
        assertThat(calls).hasValue(1);
        assertThat(events.names()).containsExactly("Connecting", "Connected", "Completed", "Closed");
        Leftovers.timersAreGone();
    }

    @Test
    void nor_longer_than_the_grace() throws Exception {
        CompletableFuture<RestreamClient> self = new CompletableFuture<>();
        RestreamClient client = Restream.createClient(options(), (req, res) -> {
            self.get(30, TimeUnit.SECONDS).close(Duration.ofMillis(50));
            res.readAllBytes();
        });
        self.complete(client);
        events.await(ClientEvent.Closed.class);
        isCancelled(client);
    }

    @Test
    void a_loss_within_the_grace_is_the_end() throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        RestreamClient client = Restream.createClient(options().retryDelay(Duration.ZERO), (req, res) -> {
            calls.incrementAndGet();
            reached.complete(null);
            res.readAllBytes();
        });
        reached.get(30, TimeUnit.SECONDS);
        FutureTask<Void> close = closing(client, LONG);
        server.close(Duration.ZERO);
        close.get(30, TimeUnit.SECONDS);
        isCancelled(client);
    }

    @Test
    void its_time_is_none_below_zero() {
        try (RestreamClient client = Restream.createClient(options())) {
            assertThatThrownBy(() -> client.close(Duration.ofNanos(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("grace must not be negative, but is PT-0.000000001S");
            assertThatThrownBy(() -> client.close(null)).isInstanceOf(NullPointerException.class);
        }
    }
}
