package org.restream.internal.session;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.internal.session.wire.FrameParser;
import org.restream.internal.session.wire.ProtocolException;

/** One side of a {@link Simulation}: its session, the line that it has now, and the codec between them. */
final class SimulatedSide {
    private final Session session;
    private final ByteBuffer out = ByteBuffer.allocate(64 * 1024);
    private final int maxFrame;

    @Nullable
    SimulatedLine line;

    private FrameParser parser;
    long frames;

    SimulatedSide(Session session, int maxFrame) {
        this.session = session;
        this.maxFrame = maxFrame;
        parser = new FrameParser(maxFrame);
        out.flip();
    }

    Session session() {
        return session;
    }

    void attach(SimulatedLine to, boolean resumed, long limit, long allowed) {
        line = to;
        parser = new FrameParser(maxFrame);
        out.clear().flip();
        session.connected(resumed, limit, allowed);
    }

    void detach() {
        if (line != null) {
            line = null;
            session.disconnected();
        }
    }

    /** The writer's turn: puts into the line as much as it takes. Returns whether anything moved. */
    boolean write(ByteQueue to) {
        if (!out.hasRemaining() && session.output().isDue()) {
            out.clear();
            session.output().produce(new Sink());
            out.flip();
            Violation.unless(out.hasRemaining() || !session.output().isDue(), "something is due that is not sent");
        }
        return to.take(out) > 0;
    }

    void read(ByteBuffer bytes) throws ProtocolException {
        parser.parse(bytes, session.input());
        Violation.unless(!bytes.hasRemaining(), "the parser leaves bytes");
    }

    private final class Sink implements FrameSink {
        private final long[] one = new long[1];

        @Override
        public int room() {
            return out.remaining();
        }

        @Override
        public void data(Channel channel, int flags, long offset, int length) {
            frames++;
            SimulatedProgram program = (SimulatedProgram) channel.endpoint();
            boolean isEnd = (flags & Flags.END) != 0;
            FrameEncoder.dataHead(out, channel.number(), isEnd ? flags | Flags.CRC : flags, offset, 0, length);
            program.copy(offset, length, isEnd, out);
            if (isEnd) {
                FrameEncoder.crc(out, program.crc());
            }
        }

        @Override
        public void ack(long exchange, int flags, long received, long limit) {
            frames++;
            FrameEncoder.ack(out, exchange, flags, received, received, limit);
        }

        @Override
        public void known(long exchange) {
            frames++;
            one[0] = exchange;
            FrameEncoder.known(out, one, 1);
        }

        @Override
        public void cut(long exchange, int flags, Cut cut, long finalSize) {
            frames++;
            FrameEncoder.cut(out, exchange, flags, cut.code(), finalSize, cut.text());
        }

        @Override
        public void more(long highest) {
            FrameEncoder.more(out, highest);
        }

        @Override
        public void ping(boolean pong, long token) {
            FrameEncoder.ping(out, pong, token);
        }

        @Override
        public void listed(long highest) {
            FrameEncoder.listed(out, highest);
        }

        @Override
        public void going(int code, int millis, String text) {
            FrameEncoder.going(out, code, millis, text);
        }

        @Override
        public void bye(int code, String text) {
            FrameEncoder.bye(out, code, text);
        }
    }
}
