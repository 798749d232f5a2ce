package org.restream.internal.session.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames in a connection's bytes, which may come in pieces of any size. It reads in place what is complete in the buffer,
 * and copies the bytes of an incomplete head or small frame. A message's data are passed on as they arrive.
 */
public final class FrameParser {
    /** What the next bytes are. */
    private enum Part {
        HEAD,
        /** A D frame's offset and deadline. */
        DATA_START,
        DATA,
        CRC,
        /** K: one of the numbers. */
        NUMBER,
        /** The payload of a small frame. */
        PAYLOAD,
        /** The payload of a frame that is not known. */
        SKIPPED
    }

    /** The flags that only the first piece of a D frame has. */
    private static final int FIRST = Flags.OPEN | Flags.DEADLINE;

    /** The flags that only the last piece of a D frame has. */
    private static final int LAST = Flags.END | Flags.CRC | Flags.ALL;

    private static final long EXCHANGE = (1L << 56) - 1;

    private final int maxFrame;
    private final ByteBuffer held = ByteBuffer.allocate(FrameEncoder.CUT_MAX);
    private Part part = Part.HEAD;
    private int type;
    private int flags;
    private long exchange;
    /** How many bytes of the payload, or of a D frame's data, have not been read. */
    private int left;

    private long offset;
    private int deadlineMillis;

    /**
     * @param maxFrame the most message bytes that one D frame may have: what this side has allowed in its first line
     */
    public FrameParser(int maxFrame) {
        if (maxFrame < 1 || maxFrame > FrameLimits.MAX_MAX_FRAME) {
            throw new IllegalArgumentException(
                    "maxFrame " + maxFrame + " is not from 1 to " + FrameLimits.MAX_MAX_FRAME);
        }
        this.maxFrame = maxFrame;
    }

    /**
     * Takes all bytes from the buffer's position to its limit, and calls the handler for what is complete. After an exception the
     * parser must not be used again.
     *
     * @param in big-endian, of any length
     */
    public void parse(ByteBuffer in, FrameHandler to) throws ProtocolException {
        if (!in.order().equals(ByteOrder.BIG_ENDIAN)) {
            throw new IllegalArgumentException("the buffer is not big-endian");
        }
        while (in.hasRemaining()) {
            switch (part) {
                case HEAD -> head(in, to);
                case DATA_START -> dataStart(in, to);
                case DATA -> data(in, to);
                case CRC -> crc(in, to);
                case NUMBER -> number(in, to);
                case PAYLOAD -> payload(in, to);
                case SKIPPED -> skip(in);
            }
        }
    }

    /** Returns a buffer from which {@code count} bytes can be read, or null if they have not all arrived. */
    private @Nullable ByteBuffer take(ByteBuffer in, int count) {
        if (held.position() == 0 && in.remaining() >= count) {
            return in;
        }
        int piece = Math.min(count - held.position(), in.remaining());
        held.put(held.position(), in, in.position(), piece).position(held.position() + piece);
        in.position(in.position() + piece);
        return held.position() < count ? null : held.flip();
    }

    private void head(ByteBuffer in, FrameHandler to) throws ProtocolException {
        ByteBuffer from = take(in, FrameEncoder.HEAD);
        if (from == null) {
            return;
        }
        int first = from.getInt();
        long second = from.getLong();
        held.clear();
        type = first >>> 24;
        flags = (first >>> 16) & 0xff;
        left = ((first & 0xffff) << 8) | (int) (second >>> 56);
        exchange = second & EXCHANGE;
        part = switch (type) {
            case FrameType.DATA -> Part.DATA_START;
            case FrameType.KNOWN -> Part.NUMBER;
            default -> Part.PAYLOAD;
        };
        if (type >= 'a' && type <= 'z') {
            part = left == 0 ? Part.HEAD : Part.SKIPPED;
            to.skipped();
        } else {
            check(FrameRules.head(type, flags, left, exchange, maxFrame));
        }
    }

    private void dataStart(ByteBuffer in, FrameHandler to) throws ProtocolException {
        boolean hasDeadline = (flags & Flags.DEADLINE) != 0;
        ByteBuffer from = take(in, hasDeadline ? 12 : 8);
        if (from == null) {
            return;
        }
        offset = from.getLong();
        deadlineMillis = hasDeadline ? from.getInt() : 0;
        held.clear();
        left -= FrameRules.dataOverhead(flags);
        check(FrameRules.data(flags, offset, deadlineMillis, left));
        part = Part.DATA;
        // now, since a frame without data ends here
        data(in, to);
    }

    private void data(ByteBuffer in, FrameHandler to) throws ProtocolException {
        int tail = (flags & Flags.CRC) == 0 ? 0 : FrameEncoder.CRC_SIZE;
        int count = Math.min(left, in.remaining());
        if (count == left && in.remaining() - count >= tail) {
            int crc = tail == 0 ? 0 : in.getInt(in.position() + count);
            part = Part.HEAD;
            hand(in, count, flags, crc, to);
            in.position(in.position() + tail);
            return;
        }
        left -= count;
        if (left == 0) {
            part = Part.CRC;
        }
        if (count > 0) {
            hand(in, count, flags & ~LAST, 0, to);
            flags &= ~FIRST;
            deadlineMillis = 0;
            offset += count;
        }
    }

    private void crc(ByteBuffer in, FrameHandler to) throws ProtocolException {
        ByteBuffer from = take(in, FrameEncoder.CRC_SIZE);
        if (from != null) {
            int crc = from.getInt();
            held.clear();
            part = Part.HEAD;
            hand(in, 0, flags, crc, to);
        }
    }

    private void hand(ByteBuffer in, int count, int flagsNow, int crc, FrameHandler to) throws ProtocolException {
        int end = in.position() + count;
        int limit = in.limit();
        in.limit(end);
        try {
            to.data(exchange, flagsNow, offset, deadlineMillis, in, crc);
        } finally {
            in.limit(limit).position(end);
        }
    }

    private void number(ByteBuffer in, FrameHandler to) throws ProtocolException {
        ByteBuffer from = take(in, 8);
        if (from == null) {
            return;
        }
        long number = from.getLong();
        held.clear();
        check(FrameRules.known(number));
        left -= 8;
        if (left == 0) {
            part = Part.HEAD;
        }
        to.known(number);
    }

    private void skip(ByteBuffer in) {
        int count = Math.min(left, in.remaining());
        in.position(in.position() + count);
        left -= count;
        if (left == 0) {
            part = Part.HEAD;
        }
    }

    private void payload(ByteBuffer in, FrameHandler to) throws ProtocolException {
        ByteBuffer from = take(in, left);
        if (from == null) {
            return;
        }
        part = Part.HEAD;
        SmallFrame.hand(type, flags, exchange, left, from, to);
        held.clear();
    }

    private void check(@Nullable String problem) throws ProtocolException {
        if (problem != null) {
            throw FrameRules.broken(type, exchange, problem);
        }
    }
}
