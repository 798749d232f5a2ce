package org.restream.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.ClientAuth;
import org.restream.ClientOptions;
import org.restream.ConnectionLostException;
import org.restream.Outgoing;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.Events;
import org.restream.testing.TestCa;

/** If the server rejects a client's certificate, the client gets the server's alert, and not only a reset. */
class RefusedCertificateTest {
    private static final TestCa CA = new TestCa();
    private static final TestCa STRANGER = new TestCa();
    private static final SSLContext SERVER = CA.context(CA.issue("127.0.0.1"));
    /** The alerts of RFC 8446, section 6, that are about a certificate. */
    private static final String ALERT =
            ".*TLS: .*(bad_certificate|certificate_required|certificate_expired|certificate_unknown).*";

    private static final int TIMES = 30;

    private final Events<ServerEvent> events = new Events<>();
    private RestreamServer server;

    @BeforeEach
    void listen() throws Exception {
        ServerOptions options =
                ServerOptions.defaults().tls(SERVER).clientAuth(ClientAuth.NEED).listener(events);
        server = Restream.createServer(options, (req, res) -> req.transferTo(res))
                .listen(0);
    }

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private interface Writing {
        void to(Outgoing req) throws IOException;
    }

    static Stream<Arguments> refused() {
        SSLContext none = CA.context();
        SSLContext stranger = CA.contextShowing(STRANGER.issue("client"), STRANGER);
        SSLContext expired = CA.context(CA.issueExpired("client"));
        Writing nothing = req -> {};
        Writing little = req -> req.end("hello");
        Writing much = req -> {
            byte[] piece = new byte[100_000];
            for (int i = 0; i < 200; i++) {
                req.write(piece);
            }
            req.end();
        };
        return Stream.of(
                Arguments.of("no certificate, nothing written", none, nothing),
                Arguments.of("no certificate, a small body", none, little),
                Arguments.of("no certificate, a large body", none, much),
                Arguments.of("a stranger's, a small body", stranger, little),
                Arguments.of("a stranger's, a large body", stranger, much),
                Arguments.of("an expired one, nothing written", expired, nothing),
                Arguments.of("an expired one, a small body", expired, little),
                Arguments.of("an expired one, a large body", expired, much));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void the_client_is_told_the_reason_each_time(String unused, SSLContext shown, Writing request) {
        ClientOptions options = ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .reconnect(Reconnect.UNTIL_CONNECTED)
                .tls(shown)
                .listener(event -> {});
        for (int i = 0; i < TIMES; i++) {
            RestreamClient client = Restream.createClient(options, (req, res) -> {
                request.to(req);
                res.readText();
            });
            assertThat(catchThrowable(() -> client.completion().get(30, TimeUnit.SECONDS)))
                    .as("connection %d", i)
                    .hasCauseInstanceOf(ConnectionLostException.class)
                    .cause()
                    .hasMessageMatching(ALERT);
        }
        assertThat(events.all(ServerEvent.Completed.class)).isEmpty();
    }

    @Test
    void a_client_that_speaks_only_an_older_version_is_told_that() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            try (SSLSocket socket = connect()) {
                assertThatThrownBy(socket::startHandshake)
                        .as("connection %d", i)
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("protocol_version");
            }
        }
    }

    private SSLSocket connect() throws IOException {
        SSLSocket socket = (SSLSocket) CA.context()
                .getSocketFactory()
                .createSocket("127.0.0.1", server.address().getPort());
        socket.setSoTimeout(30_000);
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        return socket;
    }
}
