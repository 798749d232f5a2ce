package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.restream.testing.Events;
import org.restream.testing.FullBacklog;
import org.restream.testing.ReservedPort;

/** {@code Failed} says of which kind the failure is, as recorded by the code that has found it. */
class FailedKindTest {
    private static ClientEvent.Failed failed(ClientOptions options) throws Exception {
        Events<ClientEvent> events = new Events<>();
        try (RestreamClient client =
                Restream.createClient(options.maxFailures(1).listener(events), (req, res) -> req.end())) {
            assertThatThrownBy(() -> client.completion().get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(RestreamException.class);
        }
        ClientEvent.Failed failed = events.await(ClientEvent.Failed.class);
        // what carries the kind inside the library is not shown
        assertThat(failed.cause().getClass().getName())
                .startsWith("org.restream.")
                .doesNotContain("internal");
        return failed;
    }

    private static ClientOptions to(int port) {
        return ClientOptions.defaults().servers("127.0.0.1:" + port);
    }

    private static RestreamServer plain() throws Exception {
        return Restream.createServer(ServerOptions.defaults().port(0), (req, res) -> res.end())
                .listen();
    }

    @Test
    void nobody_listens() throws Exception {
        try (ReservedPort nobody = new ReservedPort()) {
            assertThat(failed(to(nobody.number())).kind()).isEqualTo(FailureKind.CONNECTION);
        }
    }

    @Test
    void no_connection_is_made_in_time() throws Exception {
        try (FullBacklog silent = new FullBacklog()) {
            ClientOptions options =
                    ClientOptions.defaults().servers(silent.address()).connectTimeout(Duration.ofMillis(200));
            assertThat(failed(options).kind()).isEqualTo(FailureKind.LIMIT);
        }
    }

    @Test
    void the_server_speaks_no_TLS() throws Exception {
        try (RestreamServer server = plain()) {
            ClientOptions options = to(server.address().getPort()).tls(SSLContext.getDefault());
            assertThat(failed(options).kind()).isEqualTo(FailureKind.HANDSHAKE);
        }
    }

    @Test
    void the_server_has_no_sessions() throws Exception {
        try (RestreamServer server = plain()) {
            ClientOptions options = to(server.address().getPort()).session(SessionMode.REQUIRED);
            assertThat(failed(options).kind()).isEqualTo(FailureKind.SESSION);
        }
    }
}
