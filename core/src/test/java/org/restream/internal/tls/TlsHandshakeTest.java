package org.restream.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.restream.ClientAuth;
import org.restream.testing.TestCa;

class TlsHandshakeTest {
    private static final TestCa CA = TlsPair.CA;

    /** The exception on each side. */
    private record Failures(Throwable client, Throwable server) {}

    private static Failures failures(SSLContext forClient, SSLContext forServer, ClientAuth auth) {
        return failures(TlsPair.unopened(forClient, forServer, auth));
    }

    private static Failures failures(TlsPair pair) {
        CompletableFuture<Void> server = TlsPair.inBackground(pair.server::open);
        Throwable atClient = catchThrowable(() -> {
            pair.client.open();
            pair.client.read(ByteBuffer.allocate(1));
        });
        Throwable atServer = catchThrowable(server::join);
        return new Failures(atClient, atServer instanceof CompletionException ? atServer.getCause() : atServer);
    }

    @Test
    void the_link_is_open_after_it_and_not_before() throws Exception {
        TlsPair pair = TlsPair.unopened(CA.context(), TlsPair.SERVER, ClientAuth.NONE);
        assertThat(pair.client.isOpen()).isFalse();
        CompletableFuture<Void> server = TlsPair.inBackground(pair.server::open);
        pair.client.open();
        server.get();
        assertThat(pair.client.isOpen()).isTrue();
        assertThat(pair.server.isOpen()).isTrue();
    }

    @Test
    void each_sees_the_others_certificate() throws Exception {
        SSLContext client = CA.context(CA.issue("client-1"));
        TlsPair pair = TlsPair.open(1 << 20, client, ClientAuth.NEED);
        assertThat(pair.client
                        .peerCertificate()
                        .orElseThrow()
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=a.example");
        assertThat(pair.server
                        .peerCertificate()
                        .orElseThrow()
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=client-1");
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientAuth.class,
            names = {"NONE", "WANT"})
    void a_client_without_a_certificate_is_none(ClientAuth auth) throws Exception {
        TlsPair pair = TlsPair.open(1 << 20, CA.context(), auth);
        assertThat(pair.server.peerCertificate()).isEmpty();
    }

    @Test
    void a_client_without_a_certificate_is_turned_away_where_it_needs_one() {
        Failures failures = failures(CA.context(), TlsPair.SERVER, ClientAuth.NEED);
        assertThat(failures.server)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageStartingWith("the TLS handshake failed: ")
                .hasMessageContaining("certificate");
        assertThat(failures.client)
                .isInstanceOf(IOException.class)
                .hasMessageMatching("TLS: .*(bad_certificate|certificate_required)");
    }

    @Test
    void a_client_of_a_stranger_is_turned_away_too() {
        TestCa stranger = new TestCa();
        // the client trusts our authority, so that only the server has a reason to reject
        SSLContext client = CA.contextShowing(stranger.issue("client-1"), stranger);
        Failures failures = failures(client, TlsPair.SERVER, ClientAuth.NEED);
        assertThat(failures.server).isInstanceOf(SSLHandshakeException.class);
        assertThat(failures.client).isInstanceOf(IOException.class);
    }

    @Test
    void a_server_of_an_unknown_authority_is_refused_and_told_so() {
        Failures failures = failures(new TestCa().context(), TlsPair.SERVER, ClientAuth.NONE);
        assertThat(failures.client)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageStartingWith(
                        "the TLS handshake failed: the server's certificate is not from an authority that is trusted")
                .hasMessageContaining("unable to find valid certification path");
        assertThat(failures.server)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("certificate_unknown");
    }

    @Test
    void a_server_of_another_name_is_refused() {
        Failures failures = failures(CA.context(), CA.context(CA.issue("b.example")), ClientAuth.NONE);
        assertThat(failures.client).isInstanceOf(SSLHandshakeException.class).hasMessageContaining("a.example");
    }

    /** Names of containers often have an underscore. docs/guide.md says what to do. */
    @Test
    void the_jdk_takes_no_certificate_for_a_name_with_an_underscore() {
        SSLContext server = CA.context(CA.issue("my_server"));
        Failures failures = failures(TlsPair.unopened(CA.context(), server, ClientAuth.NONE, "my_server"));
        assertThat(failures.client)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("my_server")
                .hasStackTraceContaining("sun.security.util.HostnameChecker");
    }

    @Test
    void a_certificate_with_such_a_name_and_another_is_taken_for_the_other() {
        SSLContext server = CA.context(CA.issue("my_server", "my-server", "127.0.0.1"));
        for (String host : List.of("my-server", "127.0.0.1")) {
            TlsPair pair = TlsPair.unopened(CA.context(), server, ClientAuth.NONE, host);
            CompletableFuture<Void> opened = TlsPair.inBackground(pair.server::open);
            assertThatCode(pair.client::open).as(host).doesNotThrowAnyException();
            opened.join();
        }
    }

    @Test
    void a_server_whose_certificate_has_expired_is_refused() {
        Failures failures = failures(CA.context(), CA.context(CA.issueExpired(TlsPair.HOST)), ClientAuth.NONE);
        assertThat(failures.client)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("the server's certificate has expired (NotAfter: ");
    }

    @Test
    void a_common_name_is_no_name() {
        SSLContext server = CA.context(CA.issueWithoutNames(TlsPair.HOST));
        Failures failures = failures(CA.context(), server, ClientAuth.NONE);
        assertThat(failures.client)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("the server's certificate is not for \"a.example\": it is for no name at all");
    }

    @Test
    void a_server_without_a_certificate_says_so() {
        Failures failures = failures(CA.context(), CA.context(), ClientAuth.NONE);
        assertThat(failures.server).isInstanceOf(SSLHandshakeException.class);
        assertThat(failures.client).isInstanceOf(SSLHandshakeException.class).hasMessageContaining("handshake_failure");
    }

    @Test
    void a_plain_client_is_named_and_gets_an_alert() throws Exception {
        TlsPair pair = TlsPair.unopened(CA.context(), TlsPair.SERVER, ClientAuth.NONE);
        pair.underClient.write(ByteBuffer.wrap("{\"hello\":\"alice\"}\n\n".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(pair.server::open)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessage("the TLS handshake failed: the client does not speak TLS:"
                        + " what it sends begins with byte 0x7b '{'");
        ByteBuffer alert = ByteBuffer.allocate(100);
        assertThat(pair.underClient.read(alert)).isEqualTo(7);
        assertThat(alert.get(0)).isEqualTo((byte) 0x15);
        assertThat(pair.underClient.read(alert)).isEqualTo(-1);
    }

    @Test
    void a_plain_server_is_named() throws Exception {
        TlsPair pair = TlsPair.unopened(CA.context(), TlsPair.SERVER, ClientAuth.NONE);
        pair.underServer.write(ByteBuffer.wrap("{}\n\n".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(pair.client::open)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessage("the TLS handshake failed: the server does not speak TLS:"
                        + " what it sends begins with byte 0x7b '{'");
    }

    @Test
    void a_server_that_resets_is_asked_whether_it_speaks_tls() {
        TlsPair pair = TlsPair.unopened(CA.context(), TlsPair.SERVER, ClientAuth.NONE);
        pair.underServer.abort();
        assertThatThrownBy(pair.client::open)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessage("the TLS handshake failed: Connection reset (does the server speak TLS on this port?)");
    }

    @Test
    void a_handshake_that_is_cut_is_no_handshake() throws Exception {
        TlsPair pair = TlsPair.unopened(CA.context(), TlsPair.SERVER, ClientAuth.NONE);
        pair.underClient.write(ByteBuffer.wrap(new byte[] {22, 3, 1}));
        pair.underClient.finish();
        assertThatThrownBy(pair.server::open)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageStartingWith("the TLS handshake failed: ");
    }
}
