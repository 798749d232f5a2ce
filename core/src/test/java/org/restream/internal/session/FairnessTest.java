package org.restream.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.session.wire.FrameEncoder;

/** In which order one side's exchanges are served. */
class FairnessTest {
    private static final int QUANTUM = 16 * 1024;
    private static final int MAX_FRAME = 64 * 1024;
    private static final int WRITE = 64 * 1024;
    private static final int WINDOW = 1024 * 1024;
    private static final SessionConfig CONFIG =
            new SessionConfig(true, WINDOW, WINDOW, 1 << 30, 256, QUANTUM, MAX_FRAME);

    private final Session session = new Session(
            CONFIG,
            (channel, millis) -> {
                throw new AssertionError();
            },
            () -> 0);
    /** Each piece that was sent, in order: the exchange's number, and how many bytes. */
    private final List<long[]> sent = new ArrayList<>();

    /** An exchange with much to send. */
    private Channel bulk() {
        Channel channel = session.open(new Silent());
        channel.written(SessionConfig.MIN_UNACKED);
        return channel;
    }

    private Channel small(int bytes) {
        Channel channel = session.open(new Silent());
        channel.written(bytes);
        channel.end();
        return channel;
    }

    /** One write of the connection's. */
    private void write() {
        session.output().produce(new Counting());
    }

    /** The peer has everything that was sent, and each exchange has more to send. */
    private void acknowledge(List<Channel> channels) throws Exception {
        for (Channel channel : channels) {
            if (channel.number() > 0) {
                long arrived = channel.sending.received() + channel.sending.inFlight();
                session.input().ack(channel.number(), 0, arrived, arrived, arrived + WINDOW);
                for (int room = (int) channel.room(); room > 0; room = (int) channel.room()) {
                    channel.written(room);
                }
            }
        }
    }

    private long bytesOf(Channel channel) {
        return sent.stream()
                .filter(piece -> piece[0] == channel.number())
                .mapToLong(piece -> piece[1])
                .sum();
    }

    @Test
    void those_that_always_have_more_get_the_same_share() throws Exception {
        session.connected(false, WINDOW, 256);
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            channels.add(bulk());
        }
        for (int i = 0; i < 200; i++) {
            write();
            acknowledge(channels);
            long least = channels.stream().mapToLong(this::bytesOf).min().orElseThrow();
            long most = channels.stream().mapToLong(this::bytesOf).max().orElseThrow();
            assertThat(most - least).isLessThanOrEqualTo(QUANTUM + MAX_FRAME);
        }
        assertThat(bytesOf(channels.get(6))).isGreaterThan(200L * WRITE / 7 / 2);
    }

    @Test
    void a_new_exchange_goes_before_those_that_run() throws Exception {
        session.connected(false, WINDOW, 256);
        List<Channel> channels = List.of(bulk(), bulk(), bulk(), bulk(), bulk(), bulk(), bulk(), bulk());
        for (int i = 0; i < 4; i++) {
            write();
            acknowledge(channels);
        }
        assertThat(channels).allMatch(channel -> channel.number() > 0);
        sent.clear();

        Channel small = small(100);
        write();

        assertThat(sent.get(0)).containsExactly(small.number(), 100);
    }

    @Test
    void a_stream_of_new_exchanges_does_not_starve_those_that_run() throws Exception {
        session.connected(false, WINDOW, 256);
        Channel bulk = bulk();
        write();
        acknowledge(List.of(bulk));
        sent.clear();
        List<Channel> fresh = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 4; j++) {
                fresh.add(small(QUANTUM));
            }
            write();
            acknowledge(List.of(bulk));
            for (Channel channel : fresh) {
                if (channel.number() > 0 && !channel.isKnown()) {
                    session.input().known(channel.number());
                }
            }
        }

        // a quarter of each write is kept for it
        assertThat(bytesOf(bulk)).isGreaterThan(20L * WRITE / 4 - 20L * 1024);
    }

    @Test
    void one_alone_sends_large_frames() throws Exception {
        session.connected(false, WINDOW, 256);
        Channel bulk = bulk();
        write();
        acknowledge(List.of(bulk));
        sent.clear();

        write();

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0)[1]).isGreaterThan(3L * QUANTUM);
    }

    @Test
    void control_goes_before_data() throws Exception {
        session.connected(false, WINDOW, 256);
        Channel first = bulk();
        Channel second = bulk();
        write();
        acknowledge(List.of(first, second));
        sent.clear();

        second.abort(CutCode.CANCELLED, "");
        write();

        assertThat(sent.get(0)).containsExactly(second.number(), -1);
    }

    private static final class Silent implements Endpoint {
        @Override
        public void receive(ByteBuffer bytes) {}

        @Override
        public boolean matches(int crc) {
            return true;
        }

        @Override
        public void release(long offset) {}

        @Override
        public void changed() {}
    }

    /** Notes what is sent; -1 is a cut. */
    private final class Counting implements FrameSink {
        private int room = WRITE;

        @Override
        public int room() {
            return room;
        }

        @Override
        public void data(Channel channel, int flags, long offset, int length) {
            room -= FrameEncoder.DATA_HEAD + length;
            sent.add(new long[] {channel.number(), length});
        }

        @Override
        public void cut(long exchange, int flags, Cut cut, long finalSize) {
            room -= FrameEncoder.CUT_MAX;
            sent.add(new long[] {exchange, -1});
        }

        @Override
        public void ack(long exchange, int flags, long received, long limit) {
            throw new AssertionError("nothing was received");
        }

        @Override
        public void known(long exchange) {
            throw new AssertionError("nothing has ended");
        }

        @Override
        public void more(long highest) {
            throw new AssertionError("a client allows nothing");
        }

        @Override
        public void ping(boolean pong, long token) {
            throw new AssertionError("nobody asked for a ping");
        }

        @Override
        public void listed(long highest) {
            throw new AssertionError("nothing is resumed");
        }

        @Override
        public void going(int code, int millis, String text) {
            throw new AssertionError("nobody goes");
        }

        @Override
        public void bye(int code, String text) {
            throw new AssertionError("nobody goes");
        }
    }
}
