package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.testing.CuttingRelay;
import org.restream.testing.Events;

/** A proxy whose server is away resets each connection. */
class SessionServerAwayTest {
    /** Connections to it come from 127.0.0.1: its port stays free while it is away. */
    private static final String HOST = "127.0.9.72";

    private static RestreamServer start(int port) throws Exception {
        ServerOptions options = ServerOptions.defaults()
                .host(HOST)
                .port(port)
                .sessions(SessionLimits.defaults())
                .listener(event -> {});
        return Restream.createServer(options, (req, res) -> res.end(req.readText()))
                .listen();
    }

    @Test
    void an_exchange_waits_for_a_server_that_had_sessions_before() throws Exception {
        RestreamServer server = start(0);
        int port = server.address().getPort();
        try (CuttingRelay relay = new CuttingRelay(new InetSocketAddress(HOST, port), connection -> null);
                RestreamSession session = Restream.createSession(ClientOptions.defaults()
                        .servers(relay.address())
                        .retryDelay(Duration.ofMillis(10))
                        .listener(event -> {}))) {
            assertThat(session.<String>exchange((req, res) -> {
                        req.end("one");
                        return res.readText();
                    }))
                    .isEqualTo("one");
            server.close();
            int before = relay.connections();
            CompletableFuture<String> answer = session.exchangeAsync((req, res) -> {
                req.end("two");
                return res.readText();
            });
            await().atMost(10, TimeUnit.SECONDS).until(() -> relay.connections() >= before + 4 || answer.isDone());
            assertThat(answer).isNotDone();
            server = start(port);
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("two");
        } finally {
            server.close();
        }
    }

    @Test
    void a_client_that_wants_no_session_does_not_say_that_it_connects() throws Exception {
        Events<ClientEvent> events = new Events<>();
        RestreamServer server = start(0);
        try (RestreamSession session = Restream.createSession(ClientOptions.defaults()
                .servers(HOST + ":" + server.address().getPort())
                .listener(events))) {
            assertThat(session.<String>exchange((req, res) -> {
                        req.end("one");
                        return res.readText();
                    }))
                    .isEqualTo("one");
            server.close();
            events.await(ClientEvent.Completed.class);
        }
        events.await(ClientEvent.Closed.class);
        assertThat(events.all(ClientEvent.Connecting.class)).hasSize(1);
    }
}
