package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientAuth;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerOptions;
import org.restream.cli.Main;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.tls.PemFolder;
import org.restream.testing.TestCa;

/** {@code restream send} with TLS: which servers it trusts, which certificate it shows, and its errors. */
class TlsSendTest {
    private static final TestCa CA = new TestCa();

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();
    private final List<RestreamServer> servers = new ArrayList<>();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private PemFolder files;

    @BeforeEach
    void write() throws Exception {
        files = new PemFolder(folder);
        files.write("ca.pem", CA.certificatePem());
        files.write("file", "hello");
        files.write("client", CA.issue("client-1"));
    }

    @AfterEach
    void close() {
        servers.forEach(server -> server.close(Duration.ZERO));
    }

    private String server(ServerOptions options) throws Exception {
        RestreamServer server = Restream.createServer(
                options.port(0).listener(event -> {}),
                (req, res) -> received.add(req.peerCertificate()
                                .map(shown -> shown.getSubjectX500Principal().getName())
                                .orElse("nobody")
                        + " says " + req.readText()));
        servers.add(server.listen());
        return "127.0.0.1:" + server.address().getPort();
    }

    private String server(TestCa.Identity identity) throws Exception {
        return server(ServerOptions.defaults().tls(CA.context(identity)).clientAuth(ClientAuth.WANT));
    }

    private int send(String... args) {
        List<String> all = new ArrayList<>(List.of("send", files.text("file"), "--max-failures", "1"));
        all.addAll(List.of(args));
        return Main.commandLine().setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
    }

    private void gaveUp(int status, String because) {
        assertThat(status).as("the status, with %s", err).isEqualTo(ExitStatus.GAVE_UP);
        assertThat(err.toString()).contains(because).hasLineCount(1);
        assertThat(received).isEmpty();
    }

    @Test
    void a_server_that_it_trusts() throws Exception {
        assertThat(send("-s", server(CA.issue("127.0.0.1")), "--cacert", files.text("ca.pem")))
                .isZero();
        assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("nobody says hello");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void it_shows_its_certificate() throws Exception {
        assertThat(send(
                        "-s", server(CA.issue("127.0.0.1")),
                        "--cacert", files.text("ca.pem"),
                        "--cert", files.text("client.pem"),
                        "--key", files.text("client.key")))
                .isZero();
        assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("CN=client-1 says hello");
    }

    @Test
    void a_server_of_another_authority() throws Exception {
        files.write("ca.pem", new TestCa().certificatePem());
        gaveUp(
                send("-s", server(CA.issue("127.0.0.1")), "--cacert", files.text("ca.pem")),
                "the TLS handshake failed: ");
        assertThat(err.toString()).contains("unable to find valid certification path");
    }

    @Test
    void one_that_java_does_not_trust() throws Exception {
        gaveUp(send("-s", server(CA.issue("127.0.0.1")), "--tls"), "unable to find valid certification path");
    }

    @Test
    void a_server_of_another_name() throws Exception {
        String where = server(CA.issue("other.example"));
        gaveUp(send("-s", where, "--cacert", files.text("ca.pem")), "the TLS handshake failed: ");
        assertThat(err.toString()).contains("127.0.0.1").contains("No subject alternative names");
    }

    @Test
    void a_server_whose_certificate_has_expired() throws Exception {
        gaveUp(
                send("-s", server(CA.issueExpired("127.0.0.1")), "--cacert", files.text("ca.pem")),
                "the server's certificate has expired");
    }

    @Test
    void a_server_that_needs_a_certificate() throws Exception {
        String where = server(
                ServerOptions.defaults().tls(CA.context(CA.issue("127.0.0.1"))).clientAuth(ClientAuth.NEED));
        gaveUp(send("-s", where, "--cacert", files.text("ca.pem")), "lost before the header");
    }

    @Test
    void a_plain_server() throws Exception {
        gaveUp(
                send("-s", server(ServerOptions.defaults()), "--cacert", files.text("ca.pem")),
                "the TLS handshake failed: Connection reset (does the server speak TLS on this port?)");
    }

    @Test
    void a_tls_server_where_none_was_expected() throws Exception {
        gaveUp(send("-s", server(CA.issue("127.0.0.1"))), "the peer speaks TLS on this port");
    }
}
