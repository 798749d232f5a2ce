package org.restream.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.ClientAuth;
import org.restream.testing.CountingTrust;
import org.restream.testing.PipeLink;
import org.restream.testing.TestCa;

/**
 * The validity dates of the peer's certificate are checked after every handshake, whatever the trust manager says, and
 * also if the session is resumed, for which the trust manager is not asked.
 */
class ValidityTest {
    private static final TestCa CA = TlsPair.CA;

    private final CountingTrust atClient = new CountingTrust(CA);
    private final CountingTrust atServer = new CountingTrust(CA);
    private SSLContext client;
    private SSLContext server;

    @BeforeEach
    void nothingIsExpired() throws Exception {
        client = atClient.context(CA.keyManagers(CA.issue("client")));
        server = atServer.context(CA.keyManagers(CA.issue(TlsPair.HOST)));
    }

    private void clientIsExpired() throws Exception {
        client = atClient.context(CA.keyManagers(CA.issueExpired("client")));
    }

    private void serverIsExpired() throws Exception {
        server = atServer.context(CA.keyManagers(CA.issueExpired(TlsPair.HOST)));
    }

    private Throwable atClient() {
        TlsPair pair = TlsPair.unopened(client, server, ClientAuth.NEED);
        CompletableFuture<Void> opened = TlsPair.inBackground(pair.server::open);
        Throwable failure = catchThrowable(pair.client::open);
        assertThat(opened).as("in TLS 1.3 the server is done by then").succeedsWithin(Duration.ofSeconds(30));
        return failure;
    }

    private Throwable atServer() throws Exception {
        TlsPair pair = TlsPair.unopened(client, server, ClientAuth.NEED);
        CompletableFuture<Void> opened = TlsPair.inBackground(pair.server::open);
        pair.client.open();
        Throwable failure = catchThrowable(opened::join);
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    @Test
    void a_client_takes_no_expired_server_whoever_trusts_it() throws Exception {
        serverIsExpired();
        assertThat(atClient())
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("the server's certificate has expired (NotAfter: ");
        assertThat(atClient.asked()).isOne();
    }

    @Test
    void a_server_takes_no_expired_client_whoever_trusts_it() throws Exception {
        clientIsExpired();
        assertThat(atServer())
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("the client's certificate has expired (NotAfter: ");
        assertThat(atServer.asked()).isOne();
    }

    @Test
    void a_client_takes_no_expired_server_in_a_resumed_session() throws Exception {
        serverIsExpired();
        beginSession();
        assertThat(atClient())
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("the server's certificate has expired (NotAfter: ");
        assertThat(atClient.asked()).as("how often the trust manager was asked").isOne();
    }

    @Test
    void a_server_takes_no_expired_client_in_a_resumed_session() throws Exception {
        clientIsExpired();
        beginSession();
        assertThat(atServer())
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("the client's certificate has expired (NotAfter: ");
        assertThat(atServer.asked()).as("how often the trust manager was asked").isOne();
    }

    /** Connects the two contexts without checks, as if the certificates had still been valid. */
    private void beginSession() throws Exception {
        var ends = PipeLink.pair(1 << 20);
        SSLEngine asking = engine(client.createSSLEngine(TlsPair.HOST, TlsPair.PORT), true);
        SSLEngine answering = engine(server.createSSLEngine(), false);
        TlsStreams serving = TlsStreams.of(ends.get(1), answering);
        CompletableFuture<Void> answered = TlsPair.inBackground(() -> {
            serving.handshake();
            serving.outbound().write(ByteBuffer.wrap(new byte[1]));
        });
        TlsStreams asked = TlsStreams.of(ends.get(0), asking);
        asked.handshake();
        // the session ticket arrives before this byte
        assertThat(asked.inbound().read(ByteBuffer.allocate(1))).isOne();
        answered.join();
    }

    private static SSLEngine engine(SSLEngine engine, boolean client) {
        engine.setUseClientMode(client);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        if (client) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        } else {
            parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }
}
