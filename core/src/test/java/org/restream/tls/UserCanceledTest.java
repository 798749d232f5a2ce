package org.restream.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.restream.ConnectionLostException;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.Events;
import org.restream.testing.RawTls;
import org.restream.testing.TestCa;

/**
 * A peer sends user_canceled and then close_notify (RFC 8446, section 6.1) during our message. The JDK's engine then
 * ends our direction too, by a close_notify, which must not make half a body look whole.
 */
class UserCanceledTest {
    private static final TestCa CA = new TestCa();
    private static final int PIECES = 300;
    private static final byte[] PIECE = new byte[100_000];
    /** Repetitions, because the writer's position when the alert arrives is random. */
    private static final int ROUNDS = 5;

    private final Events<ServerEvent> events = new Events<>();
    private final AtomicReference<Runnable> heardOfEnd = new AtomicReference<>();
    private RestreamServer server;

    private RawTls connect(RestreamServer.Handler handler) throws Exception {
        if (server == null) {
            ServerOptions options = ServerOptions.defaults()
                    .tls(CA.context(CA.issue("127.0.0.1")))
                    .listener(events);
            server = Restream.createServer(options, handler).listen(0);
        }
        return RawTls.connect(server.address());
    }

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private static void writeMuch(Outgoing res) throws Exception {
        for (int i = 0; i < PIECES; i++) {
            res.write(PIECE);
        }
        res.end();
    }

    private static RawTls.End hearAll(RawTls peer) throws Exception {
        RawTls.End end = null;
        while (end == null) {
            end = peer.hear();
        }
        return end;
    }

    /** The engine receives the alert during our writes. */
    @Test
    void an_answer_that_is_being_written_has_no_clean_end() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            CountDownLatch heard = new CountDownLatch(1);
            heardOfEnd.set(heard::countDown);
            try (RawTls peer = connect((req, res) -> {
                req.onData(data -> {})
                        .onEnd(() -> heardOfEnd.get().run())
                        .onError(loss -> heardOfEnd.get().run());
                writeMuch(res);
            })) {
                peer.say("{}\n\nx");
                while (peer.received() < PIECE.length) {
                    assertThat(peer.hear()).isNull();
                }
                peer.alert(RawTls.USER_CANCELED).alert(RawTls.CLOSE_NOTIFY);
                assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
                assertCut(peer);
            }
        }
    }

    /** The engine has received the alert before we write. */
    @Test
    void an_answer_that_is_written_afterwards_has_no_clean_end() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            try (RawTls peer = connect((req, res) -> {
                res.write(PIECE);
                res.flush();
                req.readAllBytes();
                writeMuch(res);
            })) {
                peer.say("{}\n\nx").alert(RawTls.USER_CANCELED).alert(RawTls.CLOSE_NOTIFY);
                assertCut(peer);
            }
        }
    }

    private void assertCut(RawTls peer) throws Exception {
        assertThat(hearAll(peer)).isNotEqualTo(RawTls.End.CLOSE_NOTIFY);
        assertThat(peer.received()).isLessThan((long) PIECES * PIECE.length);
        assertThat(events.await(ServerEvent.Failed.class).cause()).isInstanceOf(ConnectionLostException.class);
    }
}
