package org.restream.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ClientOptions;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.testing.NodePeer;
import org.restream.testing.Pattern;
import org.restream.testing.Pieces;

/** Our client with a Node server. */
class NodeServerTest {
    private static final int SEED = 20_130_401;

    private static NodePeer node;
    private static ClientOptions options;

    @BeforeAll
    static void startNode() throws Exception {
        node = NodePeer.start("server");
        options = to(node);
    }

    @AfterAll
    static void stopNode() throws Exception {
        if (node != null) {
            node.close();
        }
    }

    private static ClientOptions to(NodePeer node) throws IOException {
        return ClientOptions.defaults()
                .servers("127.0.0.1:" + node.result().getLong("port"))
                .reconnect(Reconnect.UNTIL_CONNECTED);
    }

    private static void exchange(RestreamClient.Handler handler) throws Exception {
        exchange(options, handler);
    }

    private static void exchange(ClientOptions options, RestreamClient.Handler handler) throws Exception {
        Restream.createClient(options, handler).completion().get(50, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1_023, 65_536, 1_048_577, 67_108_864})
    void takes_our_body_whole(int length) throws Exception {
        exchange((req, res) -> {
            req.header("do", "check").header("seed", SEED);
            Pieces.write(req, new Pattern(SEED), length, 65_536);
            req.end();
            assertThat(res.header()).isEqualTo(Header.of("did", "check", "length", length, "wrong", -1));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1_023, 65_536, 1_048_577, 67_108_864})
    void gives_us_its_body_whole(int length) throws Exception {
        exchange((req, res) -> {
            req.header("do", "send").header("seed", SEED).header("length", length);
            req.end();
            assertThat(res.header()).isEqualTo(Header.of("did", "send"));
            assertThat(Pieces.check(res, new Pattern(SEED))).isEqualTo(length);
        });
    }

    @Test
    void takes_our_body_byte_by_byte() throws Exception {
        exchange((req, res) -> {
            req.header("do", "check").header("seed", SEED);
            for (byte b : Pattern.bytes(SEED, 5_000)) {
                req.write(b);
                req.flush();
            }
            req.end();
            assertThat(res.header()).isEqualTo(Header.of("did", "check", "length", 5_000, "wrong", -1));
        });
    }

    @Test
    void gives_us_its_body_byte_by_byte() throws Exception {
        exchange((req, res) -> {
            req.header(Header.of("do", "send", "seed", SEED, "length", 5_000, "step", 1));
            req.end();
            assertThat(Pieces.check(res, new Pattern(SEED))).isEqualTo(5_000);
        });
    }

    @Test
    void echoes_while_we_send() throws Exception {
        Pattern back = new Pattern(SEED);
        exchange((req, res) -> {
            res.onData(data -> back.check(data, 0, data.length));
            req.header("do", "echo").header("seed", SEED);
            Pieces.write(req, new Pattern(SEED), 20_000_000, 10_000);
            req.end();
        });
        assertThat(back.position()).isEqualTo(20_000_000);
    }

    @Test
    void that_ends_without_a_write_has_sent_an_empty_message_where_that_is_allowed() throws Exception {
        exchange(options.allowEmptyAnswer(true), (req, res) -> {
            req.header("do", "empty").end();
            assertThat(res.header()).isEqualTo(Header.of());
            assertThat(res.read()).isEqualTo(-1);
        });
        AtomicInteger headers = new AtomicInteger();
        CompletableFuture<Void> end = new CompletableFuture<>();
        exchange(options.allowEmptyAnswer(true), (req, res) -> {
            res.onHeader(header -> headers.incrementAndGet()).onEnd(() -> end.complete(null));
            req.header("do", "empty").end();
        });
        assertThat(end).isCompleted();
        assertThat(headers).hasValue(0);
    }

    @Test
    void that_is_killed_with_unread_bytes_is_a_loss() throws Exception {
        try (NodePeer mortal = NodePeer.start("server")) {
            RestreamClient client = Restream.createClient(to(mortal), (req, res) -> {
                req.header("do", "stuck");
                // more than it reads at once, less than the kernel buffers
                req.write(new byte[300_000]);
                assertThat(new String(res.readNBytes(4), UTF_8)).isEqualTo("half");
                mortal.kill();
                res.read();
            });
            assertThatThrownBy(() -> client.completion().get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ConnectionLostException.class);
        }
    }

    /** The documented exception: without TLS, the kernel of a dead process sends the same FIN as for a clean end. */
    @Test
    void that_is_killed_with_nothing_unread_seems_to_end() throws Exception {
        try (NodePeer mortal = NodePeer.start("server")) {
            RestreamClient client =
                    Restream.createClient(to(mortal).idleTimeout(Duration.ofSeconds(30)), (req, res) -> {
                        req.header("do", "half").end();
                        assertThat(new String(res.readNBytes(4), UTF_8)).isEqualTo("half");
                        mortal.kill();
                        assertThat(res.read()).isEqualTo(-1);
                    });
            client.completion().get(30, TimeUnit.SECONDS);
        }
    }
}
