package org.restream.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.ClientAuth;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerOptions;
import org.restream.testing.CountingTrust;
import org.restream.testing.TestCa;

/** Checks what docs/guide.md says about resumed TLS sessions, which is the JDK's behaviour. */
class ResumptionTest {
    private static final TestCa CA = new TestCa();

    private final CountingTrust atServer = new CountingTrust(CA);
    private final CountingTrust atClient = new CountingTrust(CA);
    private final AtomicReference<SSLContext> ofServer = new AtomicReference<>();
    private SSLContext ofClient;
    private RestreamServer server;

    @BeforeEach
    void listen() throws Exception {
        ofClient = atClient.context(CA.keyManagers(CA.issue("client")));
        ofServer.set(atServer.context(CA.keyManagers(CA.issue("127.0.0.1"))));
        ServerOptions options = ServerOptions.defaults()
                .tlsFrom(ofServer::get)
                .clientAuth(ClientAuth.NEED)
                .listener(event -> {});
        server = Restream.createServer(options, (req, res) -> req.transferTo(res))
                .listen(0);
    }

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private void exchange() throws Exception {
        ClientOptions options = ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .maxFailures(1)
                .tls(ofClient)
                .listener(event -> {});
        RestreamClient client = Restream.createClient(options, (req, res) -> {
            req.end("hello");
            res.readText();
        });
        client.completion().get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_resumed_session_asks_no_trust_manager() throws Exception {
        for (int i = 0; i < 5; i++) {
            exchange();
        }
        assertThat(atClient.asked()).isOne();
        assertThat(atServer.asked()).isOne();
    }

    @Test
    void who_is_not_trusted_any_more_is_served_until_the_server_has_a_new_context() throws Exception {
        exchange();
        atServer.refuse();
        assertThatCode(this::exchange).doesNotThrowAnyException();
        ofServer.set(atServer.context(CA.keyManagers(CA.issue("127.0.0.1"))));
        assertThatThrownBy(this::exchange).hasRootCauseInstanceOf(javax.net.ssl.SSLException.class);
        assertThat(atServer.asked()).isEqualTo(2);
    }

    @Test
    void a_new_context_of_the_client_begins_without_a_session() throws Exception {
        exchange();
        ofClient = atClient.context(CA.keyManagers(CA.issue("client")));
        exchange();
        assertThat(atClient.asked()).isEqualTo(2);
        assertThat(atServer.asked()).isEqualTo(2);
    }

    /** Counted from the first, full handshake: frequent reconnects don't extend a session's life. */
    @Test
    void the_session_time_out_of_the_clients_context_bounds_a_session() {
        ofClient.getClientSessionContext().setSessionTimeout(1);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    exchange();
                    return atClient.asked() > 1;
                });
        assertThat(atServer.asked()).isEqualTo(atClient.asked());
    }

    /** Each connection gives the client a new ticket. */
    @Test
    void the_session_time_out_of_the_servers_context_is_no_bound() {
        ofServer.get().getServerSessionContext().setSessionTimeout(1);
        await().pollInterval(Duration.ofMillis(50))
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    exchange();
                    return atServer.asked() == 1;
                });
    }
}
