package org.restream.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.Events;
import org.restream.testing.TestCa;

/** Which connections don't count as requests if the server uses TLS and {@code allowEmptyRequest} is false. */
class NoRequestOverTlsTest {
    private static final TestCa CA = new TestCa();
    private static final SSLContext CONTEXT = CA.context(CA.issue("localhost"));

    private final Events<ServerEvent> events = new Events<>();
    private final AtomicBoolean noContext = new AtomicBoolean();
    private final AtomicInteger requests = new AtomicInteger();
    private RestreamServer server;

    @BeforeEach
    void listen() throws Exception {
        server = listen(ServerOptions.defaults());
    }

    private RestreamServer listen(ServerOptions options) throws Exception {
        return Restream.createServer(
                        options.allowEmptyRequest(false)
                                .tlsFrom(() -> {
                                    if (noContext.get()) {
                                        throw new IllegalStateException("the certificate's file has gone");
                                    }
                                    return CONTEXT;
                                })
                                .listener(events),
                        (req, res) -> {
                            req.header();
                            requests.incrementAndGet();
                        })
                .listen(0);
    }

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.address().getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private void isToldAs(Class<? extends ServerEvent> type) throws InterruptedException {
        events.await(type);
        server.close();
        assertThat(events.names()).containsExactly("Listening", "Accepted", type.getSimpleName(), "Closed");
        assertThat(requests).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_bare_connect(boolean reset) throws Exception {
        Socket socket = connect();
        // 0: a reset
        socket.setSoLinger(reset, 0);
        socket.close();
        isToldAs(ServerEvent.NoRequest.class);
    }

    @Test
    void a_handshake_and_then_nothing() throws Exception {
        try (SSLSocket socket = (SSLSocket) CA.context().getSocketFactory().createSocket()) {
            socket.connect(server.address());
            socket.startHandshake();
        }
        isToldAs(ServerEvent.NoRequest.class);
    }

    /** The first bytes of a real ClientHello. */
    private static byte[] clientHello(int bytes) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
                try (SSLSocket socket =
                        (SSLSocket) CA.context().getSocketFactory().createSocket()) {
                    socket.connect(listening.getLocalSocketAddress());
                    assertThat(catchThrowable(socket::startHandshake)).isNotNull();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            try (Socket accepted = listening.accept();
                    InputStream in = accepted.getInputStream()) {
                return in.readNBytes(bytes);
            } finally {
                ended.join();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void a_part_of_a_ClientHello_is_a_failed_handshake(int bytes) throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(clientHello(bytes));
            socket.shutdownOutput();
            isToldAs(ServerEvent.Rejected.class);
        }
    }

    @Test
    void what_is_no_TLS_is_rejected() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("{}\n\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            isToldAs(ServerEvent.Rejected.class);
        }
    }

    /** As over plain TCP, a waiting connection has not ended. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_that_is_silent_for_too_long_is_rejected(boolean tls) throws Exception {
        server.close();
        events.await(ServerEvent.Closed.class);
        ServerOptions options = ServerOptions.defaults().headerTimeout(Duration.ofMillis(100));
        server = tls
                ? listen(options)
                : Restream.createServer(options.allowEmptyRequest(false).listener(events), (req, res) -> req.header())
                        .listen(0);
        try (Socket socket = connect()) {
            assertThat(events.await(ServerEvent.Rejected.class).cause()).hasMessageContaining("100 ms");
            assertThat(socket.isConnected()).isTrue();
        }
        assertThat(events.all(ServerEvent.NoRequest.class)).isEmpty();
    }

    @Test
    void a_server_that_has_no_context_says_so_whoever_comes() throws Exception {
        noContext.set(true);
        try (Socket socket = connect()) {
            assertThat(events.await(ServerEvent.Rejected.class).cause())
                    .hasMessageContaining("the certificate's file has gone");
            assertThat(socket.isConnected()).isTrue();
        }
        isOnlyRejected();
    }

    private void isOnlyRejected() {
        server.close();
        assertThat(events.names()).containsExactly("Listening", "Accepted", "Rejected", "Closed");
    }
}
