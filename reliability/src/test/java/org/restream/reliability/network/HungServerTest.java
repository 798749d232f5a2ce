package org.restream.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.testing.Events;
import org.restream.testing.TestCa;

/** A server whose system accepts connections, but which never sends a byte. */
class HungServerTest {
    private static final Duration LIMIT = Duration.ofMillis(300);

    private final Events<ClientEvent> events = new Events<>();
    private ServerSocket hung;
    private RestreamServer next;

    @BeforeEach
    void listen() throws Exception {
        hung = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        next = Restream.createServer((req, res) -> req.transferTo(res)).listen(0);
    }

    @AfterEach
    void close() throws Exception {
        hung.close();
        next.close(Duration.ZERO);
    }

    private ClientOptions options() {
        return ClientOptions.defaults()
                .servers(
                        "127.0.0.1:" + hung.getLocalPort(),
                        "127.0.0.1:" + next.address().getPort())
                .retryDelay(Duration.ZERO)
                .listener(events);
    }

    @Test
    void is_lost_after_idleTimeout_and_the_next_one_is_asked() throws Exception {
        try (RestreamClient client = Restream.createClient(options().idleTimeout(LIMIT), (req, res) -> {
            req.end("hello");
            assertThat(res.readText()).isEqualTo("hello");
        })) {
            client.completion().get(30, TimeUnit.SECONDS);
        }
        assertThat(events.all(ClientEvent.Lost.class).get(0).cause())
                .hasMessage("lost before the header, 5 body bytes sent: no byte moved in either direction for 300 ms"
                        + " (idleTimeout)");
    }

    /** As documented: a hung server can't be distinguished from a busy one. */
    @Test
    void is_waited_for_without_idleTimeout_until_close() throws Exception {
        try (RestreamClient client = Restream.createClient(options(), (req, res) -> {
            req.end("hello");
            res.readText();
        })) {
            events.await(ClientEvent.Connected.class);
            assertThatThrownBy(() -> client.completion().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            assertThat(client.state()).isEqualTo(RestreamClient.State.CONNECTED);
            client.close();
            assertThatThrownBy(() -> client.completion().get(30, TimeUnit.SECONDS))
                    .isInstanceOf(CancellationException.class);
        }
        assertThat(events.names()).containsExactly("Connecting", "Connected", "Closed");
    }

    @Test
    void is_no_connection_over_TLS_after_connectTimeout() throws Exception {
        ClientOptions options =
                options().tls(new TestCa().context()).connectTimeout(LIMIT).maxFailures(1);
        try (RestreamClient client = Restream.createClient(options, (req, res) -> {})) {
            assertThatThrownBy(() -> client.completion().get(30, TimeUnit.SECONDS))
                    .hasMessageContaining("no complete TLS handshake within 300 ms");
        }
    }
}
