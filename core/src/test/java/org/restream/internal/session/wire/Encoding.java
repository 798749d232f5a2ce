package org.restream.internal.session.wire;

import java.nio.ByteBuffer;

/** Makes frames again of what a parser says: one of each call, and one of all numbers of a K frame that follow one another. */
final class Encoding implements FrameHandler {
    private final ByteBuffer out;
    private final long[] known = new long[FrameLimits.MAX_KNOWN];
    private int knownCount;

    Encoding(int size) {
        out = ByteBuffer.allocate(size);
    }

    byte[] bytes() {
        flush();
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    @Override
    public void data(long exchange, int flags, long offset, int deadlineMillis, ByteBuffer bytes, int crc) {
        flush();
        FrameEncoder.dataHead(out, exchange, flags, offset, deadlineMillis, bytes.remaining());
        out.put(bytes);
        if ((flags & Flags.CRC) != 0) {
            FrameEncoder.crc(out, crc);
        }
    }

    @Override
    public void ack(long exchange, int flags, long received, long released, long limit) {
        flush();
        FrameEncoder.ack(out, exchange, flags, received, released, limit);
    }

    @Override
    public void known(long exchange) {
        if (knownCount == known.length) {
            flush();
        }
        known[knownCount++] = exchange;
    }

    @Override
    public void cut(long exchange, int flags, int code, long finalSize, String text) {
        flush();
        FrameEncoder.cut(out, exchange, flags, code, finalSize, text);
    }

    @Override
    public void more(long highest) {
        flush();
        FrameEncoder.more(out, highest);
    }

    @Override
    public void ping(boolean pong, long token) {
        flush();
        FrameEncoder.ping(out, pong, token);
    }

    @Override
    public void listed(long highest) {
        flush();
        FrameEncoder.listed(out, highest);
    }

    @Override
    public void going(int code, int millis, String text) {
        flush();
        FrameEncoder.going(out, code, millis, text);
    }

    @Override
    public void bye(int code, String text) {
        flush();
        FrameEncoder.bye(out, code, text);
    }

    private void flush() {
        if (knownCount > 0) {
            FrameEncoder.known(out, known, knownCount);
            knownCount = 0;
        }
    }
}
