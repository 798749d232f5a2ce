package org.restream.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.internal.session.wire.FrameHandler;
import org.restream.internal.session.wire.FrameParser;

/** A frame without a text is put and parsed without a new object. */
class FrameAllocationTest {
    private static final int RUNS = 20_000;
    private static final int FRAMES = 7;

    private final Counting counting = new Counting();
    private final FrameParser parser = new FrameParser(65_536);
    private final ByteBuffer frames = ByteBuffer.allocateDirect(1_000);
    private final long[] known = {1, 2};

    @Test
    void frames_allocate_nothing() throws Exception {
        run(0);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
            run(i);
        }
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;

        assertThat(counting.count).isEqualTo((RUNS + 1L) * FRAMES);
        assertThat(allocated).as("bytes for %d frames", RUNS * FRAMES).isLessThan(RUNS);
    }

    /** All of them, put and parsed in two pieces: a frame that is not whole counts once, by its end. */
    private void run(int i) throws Exception {
        put(frames.clear());
        int length = frames.flip().remaining();
        parser.parse(frames.limit(i % (length + 1)), counting);
        parser.parse(frames.limit(length), counting);
    }

    private void put(ByteBuffer out) {
        FrameEncoder.dataHead(out, 1, Flags.OPEN | Flags.END | Flags.CRC, 0, 0, 8);
        FrameEncoder.crc(out.putLong(4711), 42);
        FrameEncoder.ack(out, 2, 0, 20, 20, 30);
        FrameEncoder.known(out, known, known.length);
        FrameEncoder.cut(out, 3, Flags.CUT_YOURS, 11, 0, "");
        FrameEncoder.more(out, 9);
        FrameEncoder.ping(out, true, 9);
    }

    private static final class Counting implements FrameHandler {
        private long count;

        @Override
        public void data(long exchange, int flags, long offset, int deadlineMillis, ByteBuffer bytes, int crc) {
            count += (flags & Flags.END) == 0 ? 0 : 1;
        }

        @Override
        public void ack(long exchange, int flags, long received, long released, long limit) {
            count++;
        }

        @Override
        public void known(long exchange) {
            count++;
        }

        @Override
        public void cut(long exchange, int flags, int code, long finalSize, String text) {
            count++;
        }

        @Override
        public void more(long highest) {
            count++;
        }

        @Override
        public void ping(boolean pong, long token) {
            count++;
        }

        @Override
        public void listed(long highest) {
            count++;
        }

        @Override
        public void going(int code, int millis, String text) {
            count++;
        }

        @Override
        public void bye(int code, String text) {
            count++;
        }
    }
}
