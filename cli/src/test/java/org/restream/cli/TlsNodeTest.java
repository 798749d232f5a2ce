package org.restream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.Header;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.SendProcess;
import org.restream.cli.tls.PemFolder;
import org.restream.testing.NodePeer;
import org.restream.testing.Pattern;
import org.restream.testing.TestCa;

/** The command and Node's {@code tls}, in both roles. */
class TlsNodeTest {
    private static final int SEED = 1_309;
    private static final int MILLION = 1_000_000;

    private final TestCa ca = new TestCa();

    @TempDir
    Path folder;

    @TempDir
    Path output;

    private PemFolder files;

    @BeforeEach
    void write() throws Exception {
        files = new PemFolder(folder);
        files.write("ca.pem", ca.certificatePem());
        files.write("server", ca.issue("127.0.0.1"));
        files.write("client", ca.issue("client-1"));
    }

    private ListenProcess listen() throws Exception {
        return ListenProcess.start(
                "--output", output.toString(),
                "--cert", files.text("server.pem"),
                "--key", files.text("server.key"),
                "--client-ca", files.text("ca.pem"));
    }

    private NodePeer node(String own, Object... arguments) throws IOException {
        Map<String, String> environment = Map.of(
                "TLS_CA", files.text("ca.pem"),
                "TLS_CERT", files.text(own + ".pem"),
                "TLS_KEY", files.text(own + ".key"));
        return NodePeer.start(environment, arguments);
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> all = Files.list(output)) {
            return all.toList();
        }
    }

    @Test
    void a_node_clients_body_is_stored_whole() throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Pattern.bytes(SEED, MILLION)));
        try (ListenProcess server = listen();
                NodePeer node = node("client", "client", server.address().getPort())) {
            node.ask(Header.of("name", "body", "seed", SEED, "send", MILLION));
            Header result = node.result();
            assertThat(result).containsEntry("end", true).doesNotContainKey("error");
            assertThat(result.get("header"))
                    .isEqualTo(Header.of("name", "body", "size", (long) MILLION, "sha256", sha256));
        }
        assertThat(output.resolve("body")).hasBinaryContent(Pattern.bytes(SEED, MILLION));
    }

    /** The kernel of a killed Node ends the connection with a FIN, so without TLS half a body would look whole. */
    @Test
    void a_node_client_that_is_killed_half_way_leaves_no_file() throws Exception {
        try (ListenProcess server = listen();
                NodePeer node = node("client", "client", server.address().getPort())) {
            node.ask(Header.of("name", "body", "seed", SEED, "send", MILLION / 2, "hold", true));
            Awaitility.await().until(() -> stored().size() == 1 && Files.size(stored().get(0)) == MILLION / 2);
            node.kill();
            assertThat(server.line("failed"))
                    .contains("500000 body bytes received", "the TLS stream ended without close_notify: it was cut")
                    .endsWith("nothing of it is kept");
            assertThat(stored()).isEmpty();
        }
    }

    @Test
    void a_node_server_gets_all_of_it_and_is_answered_to() throws Exception {
        Files.write(files.path("body"), Pattern.bytes(SEED, MILLION));
        try (NodePeer node = node("server", "server");
                SendProcess send = SendProcess.start(
                        "-s",
                        "127.0.0.1:" + node.result().getLong("port"),
                        "--cacert",
                        files.text("ca.pem"),
                        "--cert",
                        files.text("client.pem"),
                        "--key",
                        files.text("client.key"),
                        "-i",
                        "-H",
                        "do=check",
                        "-H",
                        "seed:=" + SEED,
                        files.text("body"))) {
            assertThat(send.exit()).isZero();
            assertThat(send.err()).containsExactly("{\"did\":\"check\",\"length\":1000000,\"wrong\":-1}");
        }
    }
}
