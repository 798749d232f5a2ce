package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.restream.internal.session.Channel;
import org.restream.internal.session.Cut;
import org.restream.internal.session.FrameSink;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.internal.session.wire.FrameLimits;

/**
 * Encodes a session's frames into one buffer, which goes out in one write. Under the session's lock, but for {@link #fill}: to copy
 * many bytes would keep others waiting for it.
 */
final class FrameWriter implements FrameSink {
    private final SendBuffer.Pieces now = this::copy;
    private final SendBuffer.Pieces later = this::leaveSpace;
    private final LateCopies late = new LateCopies();
    private ByteBuffer out = ByteBuffer.allocate(0);
    /** Numbers for one K frame. */
    private long[] known = new long[8];

    private int knownCount;

    /** The next frames go there; what was there has gone out. */
    void begin(ByteBuffer buffer) {
        late.end();
        out = buffer;
    }

    private void copy(Block block, int begin, int count) {
        out.put(block.bytes, begin, count);
    }

    private void leaveSpace(Block block, int begin, int count) {
        late.add(block, begin, count, out.position());
        out.position(out.position() + count);
    }

    /** Copies what was left out. Not under the lock. */
    void fill() {
        late.copyTo(out);
    }

    @Override
    public int room() {
        int kept = knownCount == 0 ? 0 : FrameEncoder.KNOWN_HEAD + knownCount * FrameEncoder.KNOWN_EACH;
        return out.remaining() - kept;
    }

    /** No frame follows in this turn. */
    void finish() {
        if (knownCount > 0) {
            FrameEncoder.known(out, known, knownCount);
            knownCount = 0;
        }
    }

    @Override
    public void data(Channel channel, int flags, long offset, int length) {
        finish();
        LinkEndpoint endpoint = (LinkEndpoint) channel.endpoint();
        boolean ends = (flags & Flags.END) != 0;
        int withCrc = ends ? flags | Flags.CRC : flags;
        int deadline = (flags & Flags.DEADLINE) != 0 ? endpoint.millisLeft() : 0;
        FrameEncoder.dataHead(out, channel.number(), withCrc, offset, deadline, length);
        endpoint.out().read(offset, length, length > SessionLock.FEW_BYTES ? later : now);
        if (ends) {
            FrameEncoder.crc(out, endpoint.out().crc());
        }
        endpoint.wakeWriter();
    }

    @Override
    public void ack(long exchange, int flags, long received, long limit) {
        finish();
        // in memory what is here may be forgotten there
        FrameEncoder.ack(out, exchange, flags, received, received, limit);
    }

    @Override
    public void known(long exchange) {
        if (knownCount == known.length) {
            known = Arrays.copyOf(known, 2 * knownCount);
        }
        known[knownCount++] = exchange;
        if (knownCount == FrameLimits.MAX_KNOWN) {
            finish();
        }
    }

    @Override
    public void cut(long exchange, int flags, Cut cut, long finalSize) {
        finish();
        FrameEncoder.cut(out, exchange, flags, cut.code(), finalSize, cut.text());
    }

    @Override
    public void more(long highest) {
        finish();
        FrameEncoder.more(out, highest);
    }

    @Override
    public void ping(boolean pong, long token) {
        finish();
        FrameEncoder.ping(out, pong, token);
    }

    @Override
    public void listed(long highest) {
        finish();
        FrameEncoder.listed(out, highest);
    }

    @Override
    public void going(int code, int millis, String text) {
        finish();
        FrameEncoder.going(out, code, millis, text);
    }

    @Override
    public void bye(int code, String text) {
        finish();
        FrameEncoder.bye(out, code, text);
    }
}
