package org.restream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ClientAuth;
import org.restream.ClientOptions;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.Events;
import org.restream.testing.NodePeer;
import org.restream.testing.Pattern;
import org.restream.testing.Pieces;
import org.restream.testing.TestCa;

/** Node's tls, in both roles. */
class NodeTlsTest {
    private static final int SEED = 1_309;
    private static final TestCa CA = new TestCa();
    private static final TestCa.Identity SERVER = CA.issue("127.0.0.1");
    private static final TestCa.Identity CLIENT = CA.issue("client-1");

    @TempDir
    static Path folder;

    private static Map<String, String> asServer;
    private static Map<String, String> asClient;

    @BeforeAll
    static void writeFiles() throws IOException {
        String ca = write("ca.pem", CA.certificatePem());
        asServer = Map.of(
                "TLS_CA", ca,
                "TLS_CERT", write("server.pem", SERVER.certificatePem()),
                "TLS_KEY", write("server.key", SERVER.keyPem()));
        asClient = Map.of(
                "TLS_CA", ca,
                "TLS_CERT", write("client.pem", CLIENT.certificatePem()),
                "TLS_KEY", write("client.key", CLIENT.keyPem()));
    }

    private static String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static RestreamServer server(RestreamServer.Handler handler, Events<ServerEvent> events)
            throws IOException {
        ServerOptions options = ServerOptions.defaults()
                .tls(CA.context(SERVER))
                .clientAuth(ClientAuth.NEED)
                .listener(events);
        return Restream.createServer(options, handler).listen(0);
    }

    private static Header ask(int port, Header request, long body, Pattern answer) throws Exception {
        CompletableFuture<Header> said = new CompletableFuture<>();
        ClientOptions options = ClientOptions.defaults()
                .servers("127.0.0.1:" + port)
                .tls(CA.context(CLIENT))
                .reconnect(Reconnect.UNTIL_CONNECTED);
        try (RestreamClient client = Restream.createClient(options, (req, res) -> {
            res.onHeader(said::complete).onData(data -> answer.check(data, 0, data.length));
            req.header(request);
            Pieces.write(req, new Pattern(SEED), body, 65_536);
            req.end();
        })) {
            client.completion().get(50, TimeUnit.SECONDS);
        }
        return said.join();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1_023, 65_536, 1_000_000, 16_777_216})
    void a_node_client_gives_us_its_body_whole_and_takes_ours(int length) throws Exception {
        try (RestreamServer server = server((req, res) -> req.transferTo(res), new Events<>());
                NodePeer node =
                        NodePeer.start(asClient, "client", server.address().getPort())) {
            node.ask(Header.of("do", "echo", "seed", SEED, "send", length));
            assertThat(node.result())
                    .containsEntry("length", (long) length)
                    .containsEntry("wrong", -1L)
                    .containsEntry("end", true)
                    .doesNotContainKey("error");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1_023, 65_536, 1_000_000, 16_777_216})
    void a_node_server_takes_our_body_whole_and_gives_it_back(int length) throws Exception {
        try (NodePeer node = NodePeer.start(asServer, "server")) {
            Pattern back = new Pattern(SEED);
            ask(port(node), Header.of("do", "echo", "seed", SEED), length, back);
            assertThat(back.position()).isEqualTo(length);
        }
    }

    private static int port(NodePeer node) throws IOException {
        return node.result().getLong("port").intValue();
    }

    @Test
    void a_node_server_knows_who_we_are() throws Exception {
        try (NodePeer node = NodePeer.start(asServer, "server")) {
            Header answer = ask(port(node), Header.of("do", "who", "seed", SEED), 0, new Pattern(SEED));
            assertThat(answer).containsEntry("subject", "client-1");
        }
    }

    @Test
    void a_node_client_that_is_killed_in_its_body_is_a_loss() throws Exception {
        Events<ServerEvent> events = new Events<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        try (RestreamServer server = server(
                        (req, res) -> {
                            req.header();
                            assertThat(req.readNBytes(100_000)).hasSize(100_000);
                            begun.complete(null);
                            req.readAllBytes();
                        },
                        events);
                NodePeer node =
                        NodePeer.start(asClient, "client", server.address().getPort())) {
            node.ask(Header.of("do", "check", "seed", SEED, "send", 1_000_000_000));
            begun.get(30, TimeUnit.SECONDS);
            node.kill();
            assertThat(events.await(ServerEvent.Failed.class).cause()).isInstanceOf(ConnectionLostException.class);
            server.close(Duration.ZERO);
        }
    }
}
