package org.restream.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Restream;
import org.restream.testing.JavaProcess;
import org.restream.testing.NodePeer;
import org.restream.testing.Pattern;

/** What a receiver without restream sees when SIGKILL ends a process with restream. */
class KilledSenderTest {
    private static final int SEED = 9_967;
    private static final int LENGTH = 300_000;

    /** Sends a body, or all but its end, reports that, and waits to be killed. */
    static final class Sender {
        public static void main(String[] arguments) {
            Restream.createClient(ClientOptions.defaults().servers("127.0.0.1:" + arguments[0]), (req, res) -> {
                req.header(Header.of("do", "tell", "seed", SEED, "length", LENGTH));
                req.write(Pattern.bytes(SEED, LENGTH));
                if (arguments[1].equals("end")) {
                    req.end();
                } else {
                    req.flush();
                }
                System.out.println("sent");
                Thread.currentThread().join();
            });
        }
    }

    private static NodePeer node;
    private static long port;

    @BeforeAll
    static void startNode() throws Exception {
        node = NodePeer.start("server");
        port = node.result().getLong("port");
    }

    @AfterAll
    static void stopNode() throws Exception {
        if (node != null) {
            node.close();
        }
    }

    private static Header killed(String mode) throws Exception {
        try (JavaProcess sender = JavaProcess.start(Sender.class, port, mode)) {
            assertThat(sender.line()).isEqualTo("sent");
            if (mode.equals("end")) {
                sender.kill();
            }
            assertThat(node.result()).isEqualTo(Header.of("read", LENGTH));
            // not earlier: libuv reports a reset as an end if it finds it in one poll together with the last data
            sender.kill();
            return node.result();
        }
    }

    @Test
    void killed_in_mid_body_it_has_reset_the_connection() throws Exception {
        assertThat(killed("no end")).containsEntry("error", "ECONNRESET").containsEntry("wrong", -1L);
    }

    @Test
    void killed_right_after_its_end_it_has_sent_the_whole_body() throws Exception {
        assertThat(killed("end")).isEqualTo(Header.of("end", true, "length", LENGTH, "wrong", -1));
    }
}
