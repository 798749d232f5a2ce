package org.restream.internal.session.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames into a big-endian buffer that has room for them. A frame that a parser would not accept is an
 * {@link IllegalArgumentException}, and nothing is put.
 */
public final class FrameEncoder {
    /** Type, flags, length and exchange, in front of each frame. */
    public static final int HEAD = 12;
    /** A D frame in front of its deadline or data. */
    public static final int DATA_HEAD = HEAD + 8;

    public static final int DEADLINE_SIZE = 4;
    public static final int CRC_SIZE = 4;
    public static final int ACK_SIZE = HEAD + 24;
    /** A K frame in front of its numbers. */
    public static final int KNOWN_HEAD = HEAD;
    /** Each number in a K frame. */
    public static final int KNOWN_EACH = 8;

    public static final int MORE_SIZE = HEAD + 8;
    public static final int PING_SIZE = HEAD + 8;
    public static final int LISTED_SIZE = HEAD + 8;
    /** An X frame with the longest text. */
    public static final int CUT_MAX = HEAD + 12 + FrameLimits.MAX_TEXT;
    /** A G frame with the longest text. */
    public static final int GOING_MAX = HEAD + 8 + FrameLimits.MAX_TEXT;
    /** A B frame with the longest text. */
    public static final int BYE_MAX = HEAD + 4 + FrameLimits.MAX_TEXT;

    private FrameEncoder() {}

    /**
     * D, up to its data. The data follow, and where the flags have CRC, {@linkplain #crc that}.
     *
     * @param flags those of {@link Flags} for D
     * @param deadlineMillis the time left, from 1, where the flags have DEADLINE; else 0
     * @param length of the data
     */
    public static void dataHead(ByteBuffer out, long exchange, int flags, long offset, int deadlineMillis, int length) {
        if (length < 0 || length > FrameLimits.MAX_MAX_FRAME) {
            throw new IllegalArgumentException(
                    "length of the data " + length + " is not from 0 to " + FrameLimits.MAX_MAX_FRAME);
        }
        check(FrameRules.data(flags, offset, deadlineMillis, length));
        head(out, FrameType.DATA, flags, FrameRules.dataOverhead(flags) + length, exchange);
        out.putLong(offset);
        if ((flags & Flags.DEADLINE) != 0) {
            out.putInt(deadlineMillis);
        }
    }

    /** The end of a D frame with the flag CRC. */
    public static void crc(ByteBuffer out, int crc) {
        out.putInt(crc);
    }

    /** A. */
    public static void ack(ByteBuffer out, long exchange, int flags, long received, long released, long limit) {
        check(FrameRules.ack(received, released, limit));
        head(out, FrameType.ACK, flags, 24, exchange);
        out.putLong(received).putLong(released).putLong(limit);
    }

    /**
     * K.
     *
     * @param exchanges the numbers, of which the first {@code count} are put
     * @param count from 1 to {@link FrameLimits#MAX_KNOWN}
     */
    public static void known(ByteBuffer out, long[] exchanges, int count) {
        if (count < 1 || count > FrameLimits.MAX_KNOWN) {
            throw new IllegalArgumentException(count + " numbers are not from 1 to " + FrameLimits.MAX_KNOWN);
        }
        for (int i = 0; i < count; i++) {
            check(FrameRules.known(exchanges[i]));
        }
        head(out, FrameType.KNOWN, 0, count * KNOWN_EACH, 0);
        for (int i = 0; i < count; i++) {
            out.putLong(exchanges[i]);
        }
    }

    /**
     * X.
     *
     * @param finalSize of this side's message with CUT_MINE; else 0
     * @param text cut where it is longer than {@link FrameLimits#MAX_TEXT} bytes
     */
    public static void cut(ByteBuffer out, long exchange, int flags, int code, long finalSize, String text) {
        check(FrameRules.cut(flags, code, finalSize));
        byte[] utf8 = StrictText.encode(text, FrameLimits.MAX_TEXT);
        head(out, FrameType.CUT, flags, 12 + utf8.length, exchange);
        out.putInt(code).putLong(finalSize).put(utf8);
    }

    /** M. */
    public static void more(ByteBuffer out, long highest) {
        check(FrameRules.highest(highest));
        head(out, FrameType.MORE, 0, 8, 0);
        out.putLong(highest);
    }

    /** P. */
    public static void ping(ByteBuffer out, boolean pong, long token) {
        head(out, FrameType.PING, pong ? Flags.PONG : 0, 8, 0);
        out.putLong(token);
    }

    /** Z. */
    public static void listed(ByteBuffer out, long highest) {
        check(FrameRules.highest(highest));
        head(out, FrameType.LISTED, 0, 8, 0);
        out.putLong(highest);
    }

    /**
     * G.
     *
     * @param text cut where it is longer than {@link FrameLimits#MAX_TEXT} bytes
     */
    public static void going(ByteBuffer out, int code, int millis, String text) {
        check(FrameRules.going(code, millis));
        byte[] utf8 = StrictText.encode(text, FrameLimits.MAX_TEXT);
        head(out, FrameType.GOING, 0, 8 + utf8.length, 0);
        out.putInt(code).putInt(millis).put(utf8);
    }

    /**
     * B.
     *
     * @param text cut where it is longer than {@link FrameLimits#MAX_TEXT} bytes
     */
    public static void bye(ByteBuffer out, int code, String text) {
        check(FrameRules.bye(code));
        byte[] utf8 = StrictText.encode(text, FrameLimits.MAX_TEXT);
        head(out, FrameType.BYE, 0, 4 + utf8.length, 0);
        out.putInt(code).put(utf8);
    }

    private static void head(ByteBuffer out, byte type, int flags, int length, long exchange) {
        check(FrameRules.head(type, flags, length, exchange, FrameLimits.MAX_MAX_FRAME));
        out.putInt((type << 24) | (flags << 16) | (length >>> 8));
        out.putLong(((long) length << 56) | exchange);
    }

    private static void check(@Nullable String problem) {
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }
}
