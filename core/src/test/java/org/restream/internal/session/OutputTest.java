package org.restream.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.restream.internal.session.wire.ByeCode;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.internal.session.wire.ProtocolException;

/** What a client sends, and when, where little room is left or something waits. */
class OutputTest {
    private static final int WINDOW = 1024;

    private final Session session = new Session(
            new SessionConfig(true, WINDOW, WINDOW, 0, 4, 1024, 1024),
            (channel, millis) -> {
                throw new AssertionError();
            },
            () -> 0);

    private Channel opened() {
        Channel channel = session.open(NoEndpoint.INSTANCE);
        channel.open();
        return channel;
    }

    private String write(int room) {
        StringSink sink = new StringSink(room);
        session.output().produce(sink);
        return String.join(" ", sink.sent);
    }

    /** The server has the request, and answers without a byte. */
    private void answered(long number) throws ProtocolException {
        session.input().known(number);
        session.input().data(number, Flags.END, 0, 0, ByteBuffer.allocate(0), 0);
    }

    @Test
    void a_bye_waits_until_it_has_room_and_all_has_been_said() throws Exception {
        session.connected(false, WINDOW, 4);
        Channel first = opened();
        Channel second = opened();
        assertThat(write(10_000)).isEqualTo("D1 D2");
        first.abort(CutCode.CANCELLED, "");
        second.abort(CutCode.CANCELLED, "");

        session.output().bye(ByeCode.DONE, "");

        int forOne = FrameEncoder.CUT_MAX + FrameEncoder.ACK_SIZE + FrameEncoder.KNOWN_HEAD + FrameEncoder.KNOWN_EACH;
        assertThat(write(forOne)).isEqualTo("X1");
        assertThat(session.output().isDue()).isTrue();
        assertThat(write(forOne)).isEqualTo("X2");
        assertThat(session.output().hasSaidBye()).isFalse();
        assertThat(write(FrameEncoder.BYE_MAX)).isEqualTo("B");
        assertThat(session.output().hasSaidBye()).isTrue();
        assertThat(session.output().isDue()).isFalse();
    }

    @Test
    void the_end_of_one_is_told_at_once_when_another_waits_for_its_place() throws Exception {
        session.connected(false, WINDOW, 1);
        Channel first = opened();
        assertThat(write(10_000)).isEqualTo("D1");
        first.end();
        assertThat(write(10_000)).isEqualTo("D1");
        answered(1);
        assertThat(session.output().isDue()).isFalse();
        assertThat(session.output().isDelayed()).isTrue();

        opened();

        assertThat(session.output().isDue()).isTrue();
        assertThat(write(10_000)).isEqualTo("K1");
        session.input().more(2);
        assertThat(write(10_000)).isEqualTo("D2");
    }

    @Test
    void that_this_side_goes_is_told_once_on_each_connection() throws Exception {
        session.connected(false, WINDOW, 4);
        session.output().going(ByeCode.SHUTDOWN, 1000, "");
        assertThat(write(10_000)).isEqualTo("G");
        session.disconnected();

        session.connected(true, WINDOW, 4);
        assertThat(write(10_000)).isEqualTo("Z");
        assertThat(session.output().isDue()).isFalse();
        session.input().listed(0);

        assertThat(session.output().isDue()).isTrue();
        assertThat(write(10_000)).isEqualTo("G");
        assertThat(session.output().isDue()).isFalse();
    }

    @Test
    void who_asks_about_what_is_over_is_answered_as_soon_as_there_is_room() throws Exception {
        session.connected(false, WINDOW, 4);
        opened().end();
        opened().end();
        write(10_000);
        answered(1);
        answered(2);
        assertThat(write(10_000)).isEqualTo("K1 K2");
        assertThat(session.liveCount()).isZero();

        session.input().cut(1, Flags.CUT_YOURS, CutCode.STOPPED_READING, 0, "");
        session.input().cut(2, Flags.CUT_YOURS, CutCode.STOPPED_READING, 0, "");

        int forOne = FrameEncoder.KNOWN_HEAD + FrameEncoder.KNOWN_EACH;
        assertThat(write(forOne)).isEqualTo("K1");
        assertThat(session.output().isDue()).isTrue();
        assertThat(write(forOne)).isEqualTo("K2");
        assertThat(session.output().isDue()).isFalse();
    }

    @Test
    void a_cut_below_what_has_come_is_wrong() throws Exception {
        session.connected(false, WINDOW, 1);
        opened();
        write(10_000);
        session.input().data(1, 0, 0, 0, ByteBuffer.allocate(3), 0);

        assertThatThrownBy(() -> session.input().cut(1, Flags.CUT_MINE, CutCode.SOURCE, 2, ""))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the message is cut after 2 bytes, where 3 have come");
    }

    @Test
    void a_cut_beyond_the_end_is_wrong() throws Exception {
        session.connected(false, WINDOW, 1);
        opened();
        write(10_000);
        session.input().data(1, Flags.END, 0, 0, ByteBuffer.allocate(3), 0);

        assertThatThrownBy(() -> session.input().cut(1, Flags.CUT_MINE, CutCode.SOURCE, 4, ""))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the message is cut after 4 bytes, where 3 have come and were all");
    }

    @Test
    void a_second_cut_has_the_same_size() throws Exception {
        session.connected(false, WINDOW, 1);
        opened();
        write(10_000);
        session.input().cut(1, Flags.CUT_MINE, CutCode.SOURCE, 5, "");
        session.input().cut(1, Flags.CUT_MINE, CutCode.SOURCE, 5, "");

        assertThatThrownBy(() -> session.input().cut(1, Flags.CUT_MINE, CutCode.SOURCE, 6, ""))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the message is cut after 6 bytes, where 0 have come, and it was cut after 5 before");
    }

    /** Notes the frames' letters and exchanges. */
    private static final class StringSink implements FrameSink {
        private final List<String> sent = new ArrayList<>();
        private int room;

        StringSink(int room) {
            this.room = room;
        }

        private void put(String frame, int size) {
            room -= size;
            assertThat(room).isNotNegative();
            sent.add(frame);
        }

        @Override
        public int room() {
            return room;
        }

        @Override
        public void data(Channel channel, int flags, long offset, int length) {
            put("D" + channel.number(), FrameEncoder.DATA_HEAD + length);
        }

        @Override
        public void ack(long exchange, int flags, long received, long limit) {
            put("A" + exchange, FrameEncoder.ACK_SIZE);
        }

        @Override
        public void known(long exchange) {
            put("K" + exchange, FrameEncoder.KNOWN_HEAD + FrameEncoder.KNOWN_EACH);
        }

        @Override
        public void cut(long exchange, int flags, Cut cut, long finalSize) {
            put("X" + exchange, FrameEncoder.CUT_MAX);
        }

        @Override
        public void more(long highest) {
            put("M", FrameEncoder.MORE_SIZE);
        }

        @Override
        public void ping(boolean pong, long token) {
            put("P", FrameEncoder.PING_SIZE);
        }

        @Override
        public void listed(long highest) {
            put("Z", FrameEncoder.LISTED_SIZE);
        }

        @Override
        public void going(int code, int millis, String text) {
            put("G", FrameEncoder.GOING_MAX);
        }

        @Override
        public void bye(int code, String text) {
            put("B", FrameEncoder.BYE_MAX);
        }
    }
}
