package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.restream.ClientAuth;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.NeverStartedException;
import org.restream.OutcomeUnknownException;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.testing.CuttingRelay;
import org.restream.testing.CuttingRelay.Cut;
import org.restream.testing.CuttingRelay.How;
import org.restream.testing.Events;
import org.restream.testing.Pattern;
import org.restream.testing.TestCa;

/** Sessions over TLS: told by ALPN, and bound to the client's certificate. */
class SessionTlsTest {
    private static final TestCa CA = new TestCa();
    private static final SSLContext SERVER = CA.context(CA.issue("127.0.0.1"));
    private static final SSLContext ALICE = CA.context(CA.issue("alice"));
    private static final SSLContext BOB = CA.context(CA.issue("bob"));

    private final Events<ServerEvent> atServer = new Events<>();
    private final Events<ClientEvent> atClient = new Events<>();

    private RestreamServer server(ServerOptions options) throws Exception {
        return Restream.createServer(
                        options.tls(SERVER).clientAuth(ClientAuth.WANT).listener(atServer),
                        (req, res) -> res.end(req.readAllBytes()))
                .listen(0);
    }

    private ClientOptions to(String address) {
        return ClientOptions.defaults()
                .servers(address)
                .retryDelay(Duration.ofMillis(20))
                .listener(atClient);
    }

    private static String address(RestreamServer server) {
        return "127.0.0.1:" + server.address().getPort();
    }

    /** A large body there and back. */
    private static int echo(RestreamSession session) throws Exception {
        return session.exchange((req, res) -> {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    req.write(Pattern.bytes(1, 400_000));
                    req.end();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            byte[] back = res.readAllBytes();
            new Pattern(1).check(back, 0, back.length);
            sent.get(10, TimeUnit.SECONDS);
            return back.length;
        });
    }

    @Test
    void one_goes_on_over_other_connections_of_the_same_client() throws Exception {
        try (RestreamServer server = server(SessionPair.options(SessionLimits.defaults()));
                CuttingRelay relay = new CuttingRelay(
                        server.address(),
                        connection -> connection > 4
                                ? null
                                : new Cut(connection % 2 == 0, 70_000, connection < 3 ? How.RST : How.FIN));
                RestreamSession session =
                        Restream.createSession(to(relay.address()).tls(ALICE))) {
            assertThat(echo(session)).isEqualTo(400_000);
            assertThat(atServer.all(ServerEvent.Resumed.class)).isNotEmpty();
            assertThat(atServer.all(ServerEvent.SessionOpened.class)).hasSize(1);
        }
    }

    @Test
    void another_certificate_does_not_come_back_to_it() throws Exception {
        AtomicReference<SSLContext> shown = new AtomicReference<>(ALICE);
        try (RestreamServer server = server(SessionPair.options(SessionLimits.defaults()));
                CuttingRelay relay = new CuttingRelay(
                        server.address(), connection -> connection == 1 ? new Cut(true, 70_000, How.RST) : null);
                RestreamSession session = Restream.createSession(
                        to(relay.address()).tlsFrom(shown::get).listener(event -> {
                            if (event instanceof ClientEvent.Connected) {
                                shown.set(BOB);
                            }
                        }))) {
            assertThat(catchThrowable(() -> echo(session)))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("unknown-session");
            assertThat(atServer.all(ServerEvent.Resumed.class)).isEmpty();
            // its exchange waits for the right one
            server.close(Duration.ZERO);
        }
    }

    @Test
    void plain_clients_over_tls_stay_plain() throws Exception {
        try (RestreamServer server = server(SessionPair.options(SessionLimits.defaults()))) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            try (RestreamClient client =
                    Restream.createClient(to(address(server)).tls(ALICE), (req, res) -> {
                        req.end("plain");
                        answer.complete(res.readText());
                    })) {
                client.completion().get(10, TimeUnit.SECONDS);
            }
            assertThat(answer.get()).isEqualTo("plain");
            assertThat(atServer.names()).doesNotContain("SessionOpened");
        }
    }

    @Test
    void a_server_without_sessions_is_told_of_over_tls_too() throws Exception {
        try (RestreamServer server = server(ServerOptions.defaults());
                RestreamSession session =
                        Restream.createSession(to(address(server)).tls(ALICE))) {
            CompletableFuture<Integer> answer = session.exchangeAsync((req, res) -> {
                req.end();
                return res.readAllBytes().length;
            });
            assertThat(catchThrowable(() -> answer.get(8, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(NeverStartedException.class);
        }
    }
}
