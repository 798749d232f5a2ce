package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.SendProcess;
import org.restream.cli.tls.PeerCertificate;
import org.restream.cli.tls.PemFolder;
import org.restream.testing.TestCa;

/** {@code send} and {@code listen} with TLS. */
class TlsListenTest {
    private static final String TELL = "echo \"$RESTREAM_PEER_SUBJECT|$RESTREAM_PEER_CN|$RESTREAM_PEER_SHA256\";"
            + " echo \"$RESTREAM_PEER_NAMES\"; echo \"$RESTREAM_PEER_CERTIFICATE\"; cat";

    private final TestCa ca = new TestCa();
    private final TestCa.Identity client = ca.issue("client-1", "c.example", "10.0.0.1");

    @TempDir
    Path folder;

    private PemFolder files;

    @BeforeEach
    void write() throws Exception {
        files = new PemFolder(folder);
        files.write("ca.pem", ca.certificatePem());
        files.write("server", ca.issue("127.0.0.1"));
        files.write("client", client);
        files.write("file", "hello\n");
    }

    private ListenProcess listen(String... args) throws Exception {
        String[] tls = {"--cert", files.text("server.pem"), "--key", files.text("server.key")};
        return ListenProcess.start(joined(tls, args));
    }

    private SendProcess send(ListenProcess server, String... args) throws Exception {
        String[] to = {
            "-s",
            "127.0.0.1:" + server.address().getPort(),
            files.text("file"),
            "--timeout",
            "10ms",
            "--max-failures",
            "1"
        };
        return SendProcess.start(joined(to, args));
    }

    private static String[] joined(String[] some, String[] more) {
        return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private SendProcess sendAsClient(ListenProcess server) throws Exception {
        return send(
                server,
                "--cacert",
                files.text("ca.pem"),
                "--cert",
                files.text("client.pem"),
                "--key",
                files.text("client.key"));
    }

    @Test
    void clients_with_a_certificate_are_served_and_known_and_others_are_not() throws Exception {
        try (ListenProcess server = listen("--client-ca", files.text("ca.pem"), "--exec", TELL)) {
            try (SendProcess known = sendAsClient(server)) {
                PeerCertificate shown = new PeerCertificate(client.certificate());
                assertThat(known.exit()).isZero();
                assertThat(known.outText())
                        .isEqualTo("CN=client-1|client-1|" + shown.sha256() + "\nclient-1\nc.example\n10.0.0.1\n"
                                + client.certificatePem() + "\nhello\n");
            }
            try (SendProcess unknown = send(server, "--cacert", files.text("ca.pem"))) {
                assertThat(unknown.exit()).isEqualTo(ExitStatus.GAVE_UP);
            }
            assertThat(server.line("rejected: ")).contains("the TLS handshake failed: ");
            try (SendProcess plain = send(server)) {
                assertThat(plain.exit()).isEqualTo(ExitStatus.GAVE_UP);
                assertThat(plain.err().get(0)).contains("the peer speaks TLS on this port");
            }
            assertThat(server.line("rejected: ")).contains("the client does not speak TLS");
        }
    }

    @Test
    void clients_without_one_may_be_wanted_too() throws Exception {
        try (ListenProcess server = listen(
                        "--client-ca",
                        files.text("ca.pem"),
                        "--client-auth",
                        "want",
                        "--exec",
                        "env | grep PEER_ | grep -vc 'PEER_ADDRESS=127.0.0.1\\|PEER_PORT=[1-9]'; cat");
                SendProcess unknown = send(server, "--cacert", files.text("ca.pem"))) {
            assertThat(unknown.exit()).isZero();
            assertThat(unknown.outText()).isEqualTo("0\nhello\n");
        }
    }

    /**
     * An exchange goes on during the change and completes; the next one sees the new certificate, and is checked by a
     * new authority.
     */
    @Test
    void new_certificates_are_for_new_connections() throws Exception {
        try (ListenProcess server = listen("--client-ca", files.text("ca.pem"), "--exec", "echo started >&2; cat");
                SendProcess before = SendProcess.start(
                        "-s",
                        "127.0.0.1:" + server.address().getPort(),
                        "--cacert",
                        files.text("ca.pem"),
                        "--cert",
                        files.text("client.pem"),
                        "--key",
                        files.text("client.key"))) {
            before.type("before ");
            server.line("started");

            TestCa next = new TestCa();
            files.write("server", next.issue("127.0.0.1"));
            files.write("ca.pem", next.certificatePem());
            server.line("new certificates");

            try (SendProcess stranger = sendAsClient(server)) {
                // it trusts the new authority, but shows a certificate from the old one
                assertThat(stranger.exit()).isEqualTo(ExitStatus.GAVE_UP);
            }
            files.write("client", next.issue("client-1"));
            try (SendProcess after = sendAsClient(server)) {
                assertThat(after.exit()).isZero();
                assertThat(after.outText()).isEqualTo("hello\n");
            }
            before.type("and after");
            before.stdin().close();
            assertThat(before.exit()).isZero();
            assertThat(before.outText()).isEqualTo("before and after");
        }
    }
}
