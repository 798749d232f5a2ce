package org.restream.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.restream.ClientAuth;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.Events;
import org.restream.testing.TestCa;

/** TLS contexts from a supplier, which each connection asks. */
class TlsFromTest {
    private static final TestCa CA = new TestCa();
    private static final SSLContext FIRST = CA.context(CA.issue("localhost", "first"));
    private static final SSLContext SECOND = CA.context(CA.issue("localhost", "second"));

    /** Supplies these one after the other; the options check the first one. */
    private static Supplier<SSLContext> contexts(List<Supplier<SSLContext>> each) {
        BlockingQueue<Supplier<SSLContext>> left = new LinkedBlockingQueue<>(each);
        return () -> left.remove().get();
    }

    private final Events<ServerEvent> atServer = new Events<>();
    private final Events<ClientEvent> atClient = new Events<>();
    private RestreamServer server = Restream.createServer();

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private void listen(Supplier<SSLContext> contexts, RestreamServer.Handler handler) throws Exception {
        ServerOptions options = ServerOptions.defaults()
                .tlsFrom(contexts)
                .clientAuth(ClientAuth.WANT)
                .listener(atServer);
        server = Restream.createServer(options, handler).listen(0);
    }

    private ClientOptions toServer() {
        return ClientOptions.defaults()
                .servers("localhost:" + server.address().getPort())
                .retryDelay(Duration.ZERO)
                .listener(atClient);
    }

    /** Makes an exchange; returns the identity that the client has seen. */
    private String met(ClientOptions options) throws Exception {
        CompletableFuture<String> met = new CompletableFuture<>();
        try (RestreamClient client = Restream.createClient(options, (req, res) -> {
            req.end("hello");
            met.complete(res.readText() + " by "
                    + res.peerCertificate().orElseThrow().getSubjectAlternativeNames());
        })) {
            client.completion().get(30, TimeUnit.SECONDS);
        }
        return met.join();
    }

    @Test
    void a_server_shows_to_each_connection_the_certificate_of_the_moment() throws Exception {
        listen(contexts(List.of(() -> FIRST, () -> FIRST, () -> SECOND)), (req, res) -> res.end("well"));
        ClientOptions options = toServer().tls(CA.context());
        assertThat(met(options)).startsWith("well by ").contains("first");
        assertThat(met(options)).startsWith("well by ").contains("second");
    }

    @Test
    void a_connection_without_a_context_is_rejected_and_the_next_is_served() throws Exception {
        listen(
                contexts(List.of(
                        () -> FIRST,
                        () -> {
                            throw new IllegalStateException("no certificate yet");
                        },
                        () -> null,
                        () -> SECOND)),
                (req, res) -> res.end("well"));
        assertThat(met(toServer().tls(CA.context()))).contains("second");
        assertThat(atServer.all(ServerEvent.Rejected.class))
                .extracting(event -> event.cause().getMessage())
                .containsExactly(
                        "the TLS handshake failed: the SSLContext or its source threw"
                                + " java.lang.IllegalStateException: no certificate yet",
                        "the TLS handshake failed: the SSLContext or its source threw"
                                + " java.lang.NullPointerException: tlsFrom gave no SSLContext");
    }

    @Test
    void a_client_without_a_context_comes_back_and_asks_again() throws Exception {
        SSLContext own = CA.context(CA.issue("client"));
        listen(() -> FIRST, (req, res) -> res.end(req.peerCertificate().isPresent() ? "known" : "unknown"));
        ClientOptions options = toServer()
                .tlsFrom(contexts(List.of(
                        () -> own,
                        () -> {
                            throw new IllegalStateException("no certificate yet");
                        },
                        () -> own)));
        assertThat(met(options)).startsWith("known by ");
        assertThat(atClient.await(ClientEvent.Failed.class).cause())
                .hasMessageContaining("the SSLContext or its source threw")
                .hasMessageContaining("no certificate yet");
    }
}
