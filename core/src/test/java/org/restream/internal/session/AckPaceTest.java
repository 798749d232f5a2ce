package org.restream.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.internal.session.wire.ProtocolException;

/** When a client acknowledges an answer that nobody has read yet. */
class AckPaceTest {
    private static final int WINDOW = 4 * 1024 * 1024;
    private static final int PIECE = 64 * 1024;

    private final Session session = new Session(
            new SessionConfig(true, WINDOW, WINDOW, 0, 4, PIECE, PIECE),
            (channel, millis) -> {
                throw new AssertionError();
            },
            () -> 0);
    private long received;

    @BeforeEach
    void open() {
        session.connected(false, WINDOW, 4);
        session.open(NoEndpoint.INSTANCE).open();
        session.output().produce(new CountingSink());
        assertThat(session.output().isDue()).isFalse();
    }

    /** So many bytes come, with others behind them or not. */
    private void receive(int bytes, boolean more) throws ProtocolException {
        session.output().flowing(more);
        for (int left = bytes; left > 0; left -= PIECE) {
            session.input().data(1, 0, received, 0, ByteBuffer.allocate(PIECE), 0);
            received += PIECE;
        }
    }

    @Test
    void an_ack_is_due_after_128_KiB() throws Exception {
        receive(SessionConfig.ACK_BYTES - PIECE, false);
        assertThat(session.output().isDue()).isFalse();

        receive(PIECE, false);

        assertThat(session.output().isDue()).isTrue();
    }

    @Test
    void it_waits_for_what_has_come_already_but_not_for_more_than_256_KiB() throws Exception {
        receive(SessionConfig.FLOWING_ACK_BYTES - PIECE, true);
        assertThat(session.output().isDue()).isFalse();

        receive(PIECE, true);

        assertThat(session.output().isDue()).isTrue();
    }

    @Test
    void it_waits_no_longer_where_nothing_more_has_come() throws Exception {
        receive(SessionConfig.FLOWING_ACK_BYTES - PIECE, true);

        session.output().flowing(false);

        assertThat(session.output().isDue()).isTrue();
    }

    @Test
    void an_ack_that_has_gone_out_begins_the_count_anew() throws Exception {
        receive(SessionConfig.FLOWING_ACK_BYTES, true);
        session.output().produce(new CountingSink());

        receive(SessionConfig.FLOWING_ACK_BYTES - PIECE, true);

        assertThat(session.output().isDue()).isFalse();
    }
}
