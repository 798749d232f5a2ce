package org.restream.internal.session.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Parses the payload of all frames but D and K, once it is complete. */
final class SmallFrame {
    private SmallFrame() {}

    /** Reads {@code length} bytes of the buffer, and calls the handler. */
    static void hand(int type, int flags, long exchange, int length, ByteBuffer from, FrameHandler to)
            throws ProtocolException {
        switch (type) {
            case FrameType.ACK -> {
                long received = from.getLong();
                long released = from.getLong();
                long limit = from.getLong();
                check(type, exchange, FrameRules.ack(received, released, limit));
                to.ack(exchange, flags, received, released, limit);
            }
            case FrameType.CUT -> {
                int code = from.getInt();
                long finalSize = from.getLong();
                check(type, exchange, FrameRules.cut(flags, code, finalSize));
                to.cut(exchange, flags, code, finalSize, text(type, exchange, from, length - 12));
            }
            case FrameType.MORE -> to.more(highest(type, from));
            case FrameType.LISTED -> to.listed(highest(type, from));
            case FrameType.PING -> to.ping((flags & Flags.PONG) != 0, from.getLong());
            case FrameType.GOING -> {
                int code = from.getInt();
                int millis = from.getInt();
                check(type, 0, FrameRules.going(code, millis));
                to.going(code, millis, text(type, 0, from, length - 8));
            }
            case FrameType.BYE -> {
                int code = from.getInt();
                check(type, 0, FrameRules.bye(code));
                to.bye(code, text(type, 0, from, length - 4));
            }
            default -> throw new IllegalStateException("no small frame: " + type);
        }
    }

    private static long highest(int type, ByteBuffer from) throws ProtocolException {
        long highest = from.getLong();
        check(type, 0, FrameRules.highest(highest));
        return highest;
    }

    private static String text(int type, long exchange, ByteBuffer from, int length) throws ProtocolException {
        String text = StrictText.decode(from, length);
        if (text == null) {
            throw FrameRules.broken(type, exchange, "its text is not UTF-8");
        }
        return text;
    }

    private static void check(int type, long exchange, @Nullable String problem) throws ProtocolException {
        if (problem != null) {
            throw FrameRules.broken(type, exchange, problem);
        }
    }
}
