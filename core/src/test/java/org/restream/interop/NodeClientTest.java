package org.restream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.testing.NodePeer;
import org.restream.testing.Pattern;
import org.restream.testing.Pieces;

/** A Node client with our server, which behaves like peer.js. */
class NodeClientTest {
    private static final int SEED = 20_130_401;

    private static RestreamServer server;
    private static NodePeer node;

    @BeforeAll
    static void start() throws Exception {
        server = Restream.createServer(NodeClientTest::serve).listen(0);
        node = NodePeer.start("client", server.address().getPort());
    }

    @AfterAll
    static void stop() throws Exception {
        if (node != null) {
            node.close();
        }
        server.close(Duration.ZERO);
    }

    private static void serve(Incoming req, Outgoing res) throws IOException {
        Header asked = req.header();
        switch (asked.isEmpty() ? "silent" : asked.getString("do")) {
            case "check" -> res.header("length", Pieces.check(req, new Pattern(SEED)));
            case "send" -> {
                Pattern sent = new Pattern(SEED);
                int piece = asked.getLong("step").intValue();
                for (long left = asked.getLong("length"); left > 0; left -= piece) {
                    res.write(sent.next((int) Math.min(left, piece)));
                    res.flush();
                }
            }
            case "echo" -> req.transferTo(res);
            default -> res.header("read", req.read());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1_023, 65_536, 1_048_577, 67_108_864})
    void gives_us_its_body_whole(int length) throws Exception {
        node.ask(Header.of("do", "check", "seed", SEED, "send", length));
        assertThat(node.result())
                .containsEntry("header", Header.of("length", length))
                .containsEntry("end", true)
                .doesNotContainKey("error");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1_023, 65_536, 1_048_577, 67_108_864})
    void takes_our_body_whole(int length) throws Exception {
        node.ask(Header.of("do", "send", "seed", SEED, "send", 0, "length", length, "step", 65_536));
        assertThat(node.result()).isEqualTo(whole(length));
    }

    @Test
    void takes_our_body_byte_by_byte() throws Exception {
        node.ask(Header.of("do", "send", "seed", SEED, "send", 0, "length", 5_000, "step", 1));
        assertThat(node.result()).isEqualTo(whole(5_000));
    }

    @Test
    void gets_an_echo_while_it_sends() throws Exception {
        node.ask(Header.of("do", "echo", "seed", SEED, "send", 20_000_000, "step", 10_000));
        assertThat(node.result()).isEqualTo(whole(20_000_000));
    }

    @Test
    void that_ends_without_a_write_has_sent_an_empty_message() throws Exception {
        node.ask(Header.of("do", "silent"));
        assertThat(node.result()).containsEntry("header", Header.of("read", -1)).containsEntry("end", true);
    }

    private static Header whole(long length) {
        return Header.of("header", Header.of(), "end", true, "length", length, "wrong", -1);
    }

    @Test
    void gives_us_its_body_byte_by_byte() throws Exception {
        node.ask(Header.of("do", "check", "seed", SEED, "send", 5_000, "step", 1));
        assertThat(node.result()).containsEntry("header", Header.of("length", 5_000));
    }
}
