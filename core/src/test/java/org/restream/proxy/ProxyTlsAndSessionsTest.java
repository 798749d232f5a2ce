package org.restream.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.testing.Events;
import org.restream.testing.ProxyLine;
import org.restream.testing.SendingProxy;
import org.restream.testing.TestCa;

/** Behind a proxy, TLS and sessions begin after the header. */
class ProxyTlsAndSessionsTest {
    private static final TestCa CA = new TestCa();
    private static final SSLContext CONTEXT = CA.context(CA.issue("localhost"));
    private static final ServerOptions BEHIND = ServerOptions.defaults().proxyProtocol("127.0.0.1");

    private final Events<ServerEvent> events = new Events<>();
    private RestreamServer server;

    private void listen(ServerOptions options) throws IOException {
        server = Restream.createServer(
                        options.listener(events),
                        (req, res) ->
                                res.end(req.readText() + " from " + req.peer().getHostString()))
                .listen(0);
    }

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private ClientOptions through(SendingProxy proxy) {
        return ClientOptions.defaults()
                .servers("localhost:" + proxy.port())
                .retryDelay(Duration.ofMillis(20))
                .listener(new Events<ClientEvent>());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void TLS_begins_after_the_header(boolean atOnce) throws Exception {
        listen(BEHIND.tls(CONTEXT));
        try (SendingProxy proxy = new SendingProxy(server.address(), ProxyLine.TCP4, atOnce);
                var client = Restream.createClient(through(proxy).tls(CA.context()), (req, res) -> {
                    req.end("hello");
                    assertThat(res.readText()).isEqualTo("hello from 203.0.113.7");
                })) {
            client.completion().join();
        }
        assertThat(events.await(ServerEvent.Completed.class).peer().getHostString())
                .isEqualTo("203.0.113.7");
    }

    @Test
    void TLS_before_the_header_is_rejected() throws Exception {
        listen(BEHIND.tls(CONTEXT));
        try (SSLSocket socket = (SSLSocket) CA.context().getSocketFactory().createSocket()) {
            socket.connect(server.address());
            socket.startHandshake();
        } catch (IOException e) {
            assertThat(events.await(ServerEvent.Rejected.class).cause())
                    .hasMessageContaining("does not begin with a PROXY header: byte 0x16");
            return;
        }
        throw new AssertionError("the handshake has succeeded");
    }

    @Test
    void a_check_of_a_TLS_server_is_no_request() throws Exception {
        listen(BEHIND.tls(CONTEXT));
        for (byte[] header : List.of(ProxyLine.LOCAL, ProxyLine.unknown())) {
            try (Socket socket = ProxyLine.from("127.0.0.1", server.address())) {
                socket.getOutputStream().write(header);
            }
            events.await(ServerEvent.NoRequest.class);
        }
        assertThat(events.names()).doesNotContain("Rejected", "Failed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_session_has_the_client_as_its_peer(boolean tls) throws Exception {
        ServerOptions options = BEHIND.sessions(SessionLimits.defaults().sessionsPerAddress(1));
        listen(tls ? options.tls(CONTEXT) : options);
        try (SendingProxy first = new SendingProxy(server.address(), ProxyLine.TCP4, true);
                SendingProxy second = new SendingProxy(server.address(), ProxyLine.tcp("203.0.113.8"), false)) {
            try (RestreamSession one = session(first, tls);
                    RestreamSession other = session(second, tls)) {
                assertThat(answer(one)).isEqualTo("hello from 203.0.113.7");
                assertThat(answer(other)).isEqualTo("hello from 203.0.113.8");
            }
            assertThat(events.all(ServerEvent.SessionOpened.class))
                    .extracting(event -> event.peer().getHostString())
                    .containsExactlyInAnyOrder("203.0.113.7", "203.0.113.8");
        }
    }

    private RestreamSession session(SendingProxy proxy, boolean tls) {
        ClientOptions options = through(proxy);
        return Restream.createSession(tls ? options.tls(CA.context()) : options);
    }

    private static String answer(RestreamSession session) throws Exception {
        return session.exchange((req, res) -> {
            req.end("hello");
            return res.readText();
        });
    }

    @Test
    void a_session_whose_client_comes_from_elsewhere_goes_on_with_the_new_address() throws Exception {
        listen(BEHIND.sessions(SessionLimits.defaults()));
        try (SendingProxy proxy = new SendingProxy(server.address(), ProxyLine.TCP4, true);
                RestreamSession session = session(proxy, false)) {
            assertThat(answer(session)).isEqualTo("hello from 203.0.113.7");
            proxy.sends(ProxyLine.tcp("198.51.100.9"));
            proxy.cut();
            assertThat(answer(session)).isEqualTo("hello from 198.51.100.9");
        }
    }

    @Test
    void a_plain_client_of_a_server_with_sessions_is_served_too() throws Exception {
        listen(BEHIND.sessions(SessionLimits.defaults()));
        InetSocketAddress where = server.address();
        try (SendingProxy proxy = new SendingProxy(where, ProxyLine.TCP4, true);
                var client = Restream.createClient(through(proxy), (req, res) -> {
                    req.end("hello");
                    assertThat(res.readText()).isEqualTo("hello from 203.0.113.7");
                })) {
            client.completion().join();
        }
    }
}
