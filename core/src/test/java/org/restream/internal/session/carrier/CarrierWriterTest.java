package org.restream.internal.session.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.session.SessionConfig;
import org.restream.testing.PipeLink;

/** The thread that writes comes when it is needed, and goes when the session is idle. */
class CarrierWriterTest {
    private static final int PING = 12 + 8;

    private final SharedSession shared = new SharedSession(
            new SessionConfig(true, 1024, 1024, 0, 0, 1024, 1024),
            Allowance.CLIENT,
            Timer.system(),
            (link, deadline) -> {});
    private PipeLink peer;
    private Carrier carrier;

    @BeforeEach
    void attach() throws Exception {
        List<PipeLink> wire = PipeLink.pair(64 * 1024);
        peer = wire.get(1);
        carrier = new Carrier(shared, wire.get(0), 1024, Duration.ofSeconds(10), Duration.ZERO);
        shared.attach(carrier, false, 1024, 1, 1024);
    }

    @AfterEach
    void end() {
        shared.end(new IOException("the test is over"));
    }

    private void ping(long token) {
        shared.lock().run(() -> shared.core().output().ping(token));
    }

    private long pinged() throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(PING);
        while (frame.hasRemaining()) {
            assertThat(peer.read(frame)).isPositive();
        }
        assertThat(frame.get(0)).isEqualTo((byte) 'P');
        return frame.getLong(PING - 8);
    }

    @Test
    void an_idle_session_has_no_thread_that_writes() throws Exception {
        assertThat(carrier.writer().hasThread()).isFalse();
        for (int i = 1; i <= 3; i++) {
            ping(i);
            assertThat(pinged()).isEqualTo(i);
            await().until(() -> !carrier.writer().hasThread());
        }
    }

    /** Each ping may come while the thread of the last one goes. */
    @Test
    void what_is_due_goes_out_whenever_the_thread_goes() throws Exception {
        for (int i = 1; i <= 10_000; i++) {
            ping(i);
            assertThat(pinged()).isEqualTo(i);
        }
    }

    @Test
    void what_is_held_goes_out_when_it_is_released() throws Exception {
        shared.hold();
        ping(1);
        // whoever has something to send starts it
        assertThat(carrier.writer().hasThread()).isFalse();
        shared.release();
        assertThat(pinged()).isEqualTo(1);
    }

    /** What is flushed is to be seen now, whatever follows. */
    @Test
    void what_a_handler_flushes_is_not_held() throws Exception {
        shared.hold();
        shared.open().write(ByteBuffer.wrap(new byte[1]));
        assertThat(peer.read(ByteBuffer.allocate(100))).isPositive();
    }
}
