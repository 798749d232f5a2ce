package org.restream.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.ProtocolException;

/** What the frames of a client cost a server, with a clock that the test moves. */
class CostTest {
    private static final int WINDOW = 1 << 20;

    private final Session session = new Session(
            new SessionConfig(false, WINDOW, WINDOW, 0, 65_536, 1024, 1024),
            (channel, millis) -> NoEndpoint.INSTANCE,
            () -> 0);
    private final Input input = session.input();
    private final Cost cost = session.cost();
    private long now = Long.MAX_VALUE - 5;
    private long offset;
    private long opened;

    @BeforeEach
    void connect() {
        session.connected(false, WINDOW, session.allowed());
        assertThat(cost.isEmpty(now)).isFalse();
    }

    private interface Frame {
        void come() throws ProtocolException;
    }

    /** How many of them empty a full bucket. */
    private int fill(Frame frame) throws ProtocolException {
        int count = 0;
        while (!cost.isEmpty(now)) {
            frame.come();
            count++;
            assertThat(count).isLessThan(100_000);
        }
        return count;
    }

    private void open() throws ProtocolException {
        input.data(++opened, Flags.OPEN, 0, 0, ByteBuffer.allocate(0), 0);
    }

    private void data(int length) throws ProtocolException {
        input.data(1, 0, offset, 0, ByteBuffer.allocate(length), 0);
        offset += length;
    }

    private Frame frame(String kind) {
        return switch (kind) {
            case "ping" -> () -> input.ping(false, 1);
            case "pong" -> () -> input.ping(true, 1);
            case "idle ack" -> () -> input.ack(1, 0, 0, 0, 0);
            case "cut" -> () -> input.cut(1, Flags.CUT_YOURS, CutCode.STOPPED_READING, 0, "");
            case "empty data" -> () -> data(0);
            case "data of a byte" -> () -> data(1);
            case "not known" -> input::skipped;
            case "going" -> () -> input.going(1, 0, "");
            case "bad header" -> cost::spentOnHeader;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "ping, 3333",
        "pong, 3333",
        "idle ack, 2500",
        "cut, 625",
        "empty data, 9999",
        "data of a byte, 10157",
        "not known, 9999",
        "going, 9999",
        "bad header, 157"
    })
    void frames_that_move_nothing_empty_the_bucket(String kind, int few) throws Exception {
        open();
        assertThat(fill(frame(kind))).isBetween(few - 1, few + 1);
    }

    @Test
    void late_data_cost_twice() throws Exception {
        input.cut(1, Flags.CUT_MINE | Flags.CUT_YOURS | Flags.CUT_UNOPENED, CutCode.CANCELLED, 0, "");
        session.output().produce(new CountingSink());
        assertThat(session.liveCount()).isZero();
        int count = fill(() -> input.data(1, 0, 7, 0, ByteBuffer.allocate(500), 0));
        assertThat(count).isBetween(4_980, 5_000);
    }

    @Test
    void bytes_pay_for_their_frames_and_so_do_those_that_arrive() throws Exception {
        open();
        for (int i = 0; i < 15_000; i++) {
            data(Cost.BYTES);
        }
        assertThat(fill(frame("ping"))).isGreaterThan(3_000);
    }

    @Test
    void an_exchange_that_ends_well_pays_for_itself() throws Exception {
        for (int i = 1; i <= 50_000; i++) {
            input.data(i, Flags.OPEN | Flags.END, 0, 0, ByteBuffer.allocate(0), 0);
            Channel channel = session.live(i);
            assertThat(channel).isNotNull();
            channel.end();
            session.output().produce(new CountingSink());
            input.known(i);
            channel.handlerReturned();
            assertThat(cost.isEmpty(now)).as("after " + i).isFalse();
        }
        assertThat(session.liveCount()).isZero();
    }

    @Test
    void the_bucket_fills_again_and_counts_as_empty_until_it_has_enough() throws Exception {
        open();
        fill(frame("ping"));
        now += TimeUnit.MILLISECONDS.toNanos(Cost.ENOUGH - 1);
        assertThat(cost.isEmpty(now)).isTrue();
        now += TimeUnit.MILLISECONDS.toNanos(1);
        assertThat(cost.isEmpty(now)).isFalse();
        now += TimeUnit.HOURS.toNanos(1);
        assertThat(cost.isEmpty(now)).isFalse();
        assertThat(fill(frame("ping"))).isEqualTo(3_334);
    }

    @Test
    void only_who_keeps_it_empty_for_long_abuses_it() throws Exception {
        open();
        fill(frame("ping"));
        long since = now;
        while (now - since < Cost.PATIENCE_NANOS) {
            assertThat(cost.isAbused(now)).isFalse();
            now += TimeUnit.MILLISECONDS.toNanos(100);
            for (int i = 0; i < 40; i++) {
                input.ping(false, 1);
            }
            assertThat(cost.isEmpty(now)).isTrue();
        }
        assertThat(cost.isAbused(now)).isTrue();
    }
}
