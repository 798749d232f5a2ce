package org.restream.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientAuth;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.ConnectionLostException;
import org.restream.GaveUpException;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.Events;
import org.restream.testing.Pattern;
import org.restream.testing.Pieces;
import org.restream.testing.Raw;
import org.restream.testing.TestCa;

/** Clients and servers with TLS. */
class TlsTest {
    private static final TestCa CA = new TestCa();
    private static final SSLContext SERVER = CA.context(CA.issue("127.0.0.1", "localhost"));

    private final Events<ServerEvent> atServer = new Events<>();
    private final Events<ClientEvent> atClient = new Events<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    private RestreamServer server(ServerOptions options, RestreamServer.Handler handler) throws Exception {
        RestreamServer server =
                Restream.createServer(options.listener(atServer), handler).listen(0);
        open.add(() -> server.close(Duration.ZERO));
        return server;
    }

    private RestreamServer server(RestreamServer.Handler handler) throws Exception {
        return server(ServerOptions.defaults().tls(SERVER), handler);
    }

    private ClientOptions to(RestreamServer server) {
        return ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .tls(CA.context())
                .retryDelay(Duration.ofMillis(10))
                .listener(atClient);
    }

    private RestreamClient client(ClientOptions options, RestreamClient.Handler handler) {
        RestreamClient client = Restream.createClient(options, handler);
        open.add(client);
        return client;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private static void await(RestreamClient client) throws Exception {
        client.completion().get(30, TimeUnit.SECONDS);
    }

    @Test
    void an_exchange_in_stream_style() throws Exception {
        RestreamServer server =
                server((req, res) -> res.header("got", req.header()).end(req.readText() + "!"));
        CompletableFuture<String> answer = new CompletableFuture<>();
        RestreamClient client = client(to(server), (req, res) -> {
            req.header("hello", "alice").end("a body");
            answer.complete(res.header() + res.readText());
        });
        await(client);
        assertThat(answer.join()).isEqualTo("{\"got\":{\"hello\":\"alice\"}}a body!");
    }

    @Test
    void an_exchange_in_event_style() throws Exception {
        RestreamServer server = server((req, res) -> req.onText(res::write).onEnd(res::end));
        StringBuffer answer = new StringBuffer();
        RestreamClient client = client(to(server), (req, res) -> {
            res.onText(answer::append);
            req.end("there and back");
        });
        await(client);
        assertThat(answer).hasToString("there and back");
    }

    @Test
    void an_empty_exchange() throws Exception {
        RestreamServer server = server((req, res) -> {});
        await(client(to(server), (req, res) -> {}));
    }

    @Test
    void a_large_body_both_ways_at_once() throws Exception {
        RestreamServer server = server((req, res) -> req.transferTo(res));
        Pattern back = new Pattern(7);
        RestreamClient client = client(to(server), (req, res) -> {
            res.onData(data -> back.check(data, 0, data.length));
            Pieces.write(req, new Pattern(7), 64L << 20, 50_000);
            req.end();
        });
        await(client);
        assertThat(back.position()).isEqualTo(64L << 20);
    }

    @Test
    void a_file(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("file");
        Files.write(file, new Pattern(9).next(3_000_000));
        RestreamServer server = server((req, res) -> res.header("length", Pieces.check(req, new Pattern(9))));
        CompletableFuture<Header> answer = new CompletableFuture<>();
        RestreamClient client = client(to(server), (req, res) -> {
            req.transferFrom(file);
            req.end();
            answer.complete(res.header());
        });
        await(client);
        assertThat(answer.join()).isEqualTo(Header.of("length", 3_000_000));
    }

    @Test
    void the_handlers_know_who_the_peer_is() throws Exception {
        ServerOptions options = ServerOptions.defaults().tls(SERVER).clientAuth(ClientAuth.NEED);
        RestreamServer server = server(
                options,
                (req, res) -> res.header(
                        "you are",
                        req.peerCertificate()
                                .orElseThrow()
                                .getSubjectX500Principal()
                                .getName()));
        CompletableFuture<String> answer = new CompletableFuture<>();
        RestreamClient client = client(to(server).tls(CA.context(CA.issue("client-1"))), (req, res) -> {
            req.end();
            answer.complete(res.header() + " I see "
                    + res.peerCertificate()
                            .orElseThrow()
                            .getSubjectX500Principal()
                            .getName());
        });
        await(client);
        assertThat(answer.join()).isEqualTo("{\"you are\":\"CN=client-1\"} I see CN=127.0.0.1");
    }

    @Test
    void a_plain_connection_has_no_certificate() throws Exception {
        RestreamServer server = server(
                ServerOptions.defaults(),
                (req, res) -> res.header("known", req.peerCertificate().isPresent()));
        CompletableFuture<Header> answer = new CompletableFuture<>();
        ClientOptions plain =
                ClientOptions.defaults().servers("127.0.0.1:" + server.address().getPort());
        await(client(plain, (req, res) -> {
            req.end();
            answer.complete(res.header());
        }));
        assertThat(answer.join()).isEqualTo(Header.of("known", false));
    }

    @Test
    void an_abort_in_the_body_is_a_loss_and_the_client_comes_back() throws Exception {
        CompletableFuture<Void> once = new CompletableFuture<>();
        RestreamServer server = server((req, res) -> {
            res.write("half");
            res.flush();
            if (once.complete(null)) {
                res.abort();
            }
        });
        List<String> answers = new ArrayList<>();
        RestreamClient client = client(to(server), (req, res) -> {
            req.end();
            answers.add(res.readText());
        });
        await(client);
        assertThat(answers).containsExactly("half");
        assertThat(atClient.all(ClientEvent.Lost.class)).hasSize(1);
    }

    @Test
    void an_answer_that_comes_before_the_request_was_read_is_read() throws Exception {
        RestreamServer server = server((req, res) -> {
            res.end("no, thank you");
            req.close();
        });
        CompletableFuture<String> answer = new CompletableFuture<>();
        RestreamClient client = client(to(server), (req, res) -> {
            res.onText(answer::complete);
            Pieces.write(req, new Pattern(1), 2_000_000, 10_000);
            req.end();
        });
        await(client);
        assertThat(answer.join()).isEqualTo("no, thank you");
    }

    @Test
    void a_server_that_is_not_trusted_is_a_failure_to_connect() throws Exception {
        RestreamServer server = server((req, res) -> {});
        RestreamClient client = client(to(server).tls(new TestCa().context()).maxFailures(2), (req, res) -> {});
        assertThatThrownBy(() -> await(client))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(GaveUpException.class);
        ClientEvent.Failed failed = atClient.await(ClientEvent.Failed.class);
        assertThat(failed.cause())
                .hasMessageContaining(
                        "can't connect to 127.0.0.1:" + server.address().getPort() + ": the TLS handshake failed: ")
                .hasMessageContaining("unable to find valid certification path");
        assertThat(atServer.await(ServerEvent.Rejected.class).cause()).hasMessageContaining("certificate_unknown");
    }

    @Test
    void a_server_of_another_name_is_a_failure_to_connect() throws Exception {
        RestreamServer server =
                server(ServerOptions.defaults().tls(CA.context(CA.issue("other.example"))), (req, res) -> {});
        RestreamClient client = client(to(server).maxFailures(1), (req, res) -> {});
        assertThatThrownBy(() -> await(client)).hasMessageContaining("127.0.0.1");
    }

    @Test
    void a_client_without_the_certificate_that_is_needed_is_rejected() throws Exception {
        RestreamServer server =
                server(ServerOptions.defaults().tls(SERVER).clientAuth(ClientAuth.NEED), (req, res) -> {});
        client(to(server), (req, res) -> req.end("hello"));
        assertThat(atServer.await(ServerEvent.Rejected.class).cause())
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("certificate");
        assertThat(atClient.await(ClientEvent.Lost.class).cause()).isInstanceOf(ConnectionLostException.class);
    }

    @Test
    void a_plain_client_is_told_that_the_port_speaks_tls() throws Exception {
        RestreamServer server = server((req, res) -> {});
        client(
                ClientOptions.defaults()
                        .servers("127.0.0.1:" + server.address().getPort())
                        .retryDelay(Duration.ofSeconds(30))
                        .listener(atClient),
                (req, res) -> req.end("hello"));
        assertThat(atClient.await(ClientEvent.Lost.class).cause())
                .hasMessageContaining("the peer speaks TLS on this port");
        assertThat(atServer.await(ServerEvent.Rejected.class).cause())
                .hasMessageContaining("the client does not speak TLS");
    }

    @Test
    void a_tls_client_is_told_that_the_port_may_be_plain() throws Exception {
        RestreamServer server = server(ServerOptions.defaults(), (req, res) -> {});
        client(to(server).retryDelay(Duration.ofSeconds(30)), (req, res) -> req.end("hello"));
        assertThat(atClient.await(ClientEvent.Failed.class).cause())
                .hasMessageContaining("the TLS handshake failed: the server does not speak TLS");
        assertThat(atServer.await(ServerEvent.Rejected.class).cause())
                .hasMessageContaining("the peer speaks TLS, and this side does not");
    }

    @Test
    void a_handshake_that_never_ends_ends_with_the_time_for_the_header() throws Exception {
        RestreamServer server =
                server(ServerOptions.defaults().tls(SERVER).headerTimeout(Duration.ofMillis(100)), (req, res) -> {});
        try (Raw silent = new Raw(server.address())) {
            assertThat(silent.hear()).isEqualTo("reset");
        }
        assertThat(atServer.await(ServerEvent.Rejected.class).cause())
                .hasMessage("no complete TLS handshake within 100 ms (headerTimeout)");
    }

    @Test
    void handshakes_that_never_end_do_not_hold_up_others() throws Exception {
        RestreamServer server = server((req, res) -> {});
        List<Raw> silent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Raw raw = new Raw(server.address());
            silent.add(raw);
            open.add(raw);
        }
        await(client(to(server), (req, res) -> req.end("hello")));
        assertThat(silent).hasSize(20);
    }

    @Test
    void a_trust_manager_that_throws_fails_its_connection_and_no_other() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(CA.keyManagers(CA.issue("127.0.0.1")), new TrustManager[] {new ThrowingTrust()}, null);
        RestreamServer server =
                server(ServerOptions.defaults().tls(context).clientAuth(ClientAuth.WANT), (req, res) -> {});
        SSLContext shown = CA.context(CA.issue("client-1"));
        client(to(server).tls(shown).retryDelay(Duration.ofSeconds(30)), (req, res) -> req.end("hello"));
        assertThat(atServer.await(ServerEvent.Rejected.class).cause())
                .isInstanceOf(SSLHandshakeException.class)
                .hasStackTraceContaining("out of order");
        assertThat(atClient.await(ClientEvent.Lost.class).cause()).isInstanceOf(ConnectionLostException.class);
        await(client(to(server), (req, res) -> req.end("hello")));
    }

    private static final class ThrowingTrust extends X509ExtendedTrustManager {
        private static IllegalStateException broken() {
            return new IllegalStateException("the trust manager is out of order");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw broken();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw broken();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw broken();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw broken();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw broken();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw broken();
        }
    }

    @Test
    void a_handshake_counts_against_the_time_to_connect() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            InetSocketAddress where = (InetSocketAddress) silent.getLocalSocketAddress();
            client(
                    ClientOptions.defaults()
                            .servers("127.0.0.1:" + where.getPort())
                            .tls(CA.context())
                            .connectTimeout(Duration.ofMillis(100))
                            .listener(atClient),
                    (req, res) -> {});
            assertThat(atClient.await(ClientEvent.Failed.class).cause())
                    .hasMessageContaining("no complete TLS handshake within 100 ms");
        }
    }

    @Test
    void close_ends_a_handshake_of_either_side() throws Exception {
        RestreamServer server = server((req, res) -> {});
        try (Raw silent = new Raw(server.address())) {
            atServer.await(ServerEvent.Accepted.class);
            server.close(Duration.ZERO);
            assertThat(silent.hear()).isEqualTo("reset");
        }
        try (ServerSocket quiet = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            RestreamClient client = client(
                    ClientOptions.defaults()
                            .servers("127.0.0.1:" + quiet.getLocalPort())
                            .tls(CA.context()),
                    (req, res) -> {});
            try (Socket accepted = quiet.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo(22);
                client.close();
                assertThat(client.completion()).isCompletedExceptionally();
            }
        }
    }
}
