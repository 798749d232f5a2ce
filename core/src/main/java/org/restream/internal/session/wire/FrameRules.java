package org.restream.internal.session.wire;

import static org.restream.internal.session.wire.FrameLimits.MAX_KNOWN;
import static org.restream.internal.session.wire.FrameLimits.MAX_NUMBER;
import static org.restream.internal.session.wire.FrameLimits.MAX_TEXT;

import org.jspecify.annotations.Nullable;

/** The rules for a single frame, for both the parser and the encoder. Each method returns null, or what is wrong. */
final class FrameRules {
    private static final String TO_MAX_NUMBER = " to 9007199254740991 (2^53-1)";

    private FrameRules() {}

    /** Checks the first 12 bytes. Frames of a small letter are skipped, and not checked. */
    static @Nullable String head(int type, int flags, int length, long exchange, int maxFrame) {
        return switch (type) {
            case FrameType.DATA -> first(ofExchange(exchange), dataFlags(flags), dataLength(flags, length, maxFrame));
            case FrameType.ACK ->
                first(ofExchange(exchange), flags(flags, Flags.ACK_END | Flags.ACK_LIST), length(length, 24, 24));
            case FrameType.CUT -> first(ofExchange(exchange), cutFlags(flags), length(length, 12, 12 + MAX_TEXT));
            case FrameType.KNOWN -> first(ofConnection(exchange), flags(flags, 0), knownLength(length));
            case FrameType.MORE, FrameType.LISTED ->
                first(ofConnection(exchange), flags(flags, 0), length(length, 8, 8));
            case FrameType.PING -> first(ofConnection(exchange), flags(flags, Flags.PONG), length(length, 8, 8));
            case FrameType.GOING -> first(ofConnection(exchange), flags(flags, 0), length(length, 8, 8 + MAX_TEXT));
            case FrameType.BYE -> first(ofConnection(exchange), flags(flags, 0), length(length, 4, 4 + MAX_TEXT));
            default -> "unknown type";
        };
    }

    /** The number of bytes in a D frame's payload that do not belong to the message. */
    static int dataOverhead(int flags) {
        return 8 + ((flags & Flags.DEADLINE) == 0 ? 0 : 4) + ((flags & Flags.CRC) == 0 ? 0 : 4);
    }

    static @Nullable String data(int flags, long offset, int deadlineMillis, int length) {
        if (offset < 0 || offset > MAX_NUMBER - length) {
            return "offset " + Long.toUnsignedString(offset) + " and " + length + " bytes of data go beyond"
                    + " 9007199254740991 (2^53-1)";
        }
        if ((flags & Flags.OPEN) != 0 && offset != 0) {
            return "flag OPEN at offset " + offset + ": a message opens at offset 0";
        }
        if ((flags & Flags.DEADLINE) != 0 && deadlineMillis <= 0) {
            return "deadline " + Integer.toUnsignedString(deadlineMillis) + " is not from 1 to 2147483647 ms";
        }
        return null;
    }

    static @Nullable String ack(long received, long released, long limit) {
        if (isNoNumber(received)) {
            return number("received", received, 0);
        }
        if (isNoNumber(released)) {
            return number("released", released, 0);
        }
        if (isNoNumber(limit)) {
            return number("limit", limit, 0);
        }
        return released <= received ? null : "released " + released + " is beyond received " + received;
    }

    static @Nullable String cut(int flags, int code, long finalSize) {
        if (code < 0) {
            return code(code);
        }
        if (isNoNumber(finalSize)) {
            return number("final size", finalSize, 0);
        }
        if (finalSize > 0 && ((flags & Flags.CUT_MINE) == 0 || (flags & Flags.CUT_UNOPENED) != 0)) {
            return "final size " + finalSize + " is not 0, as these flags want it: " + hex(flags);
        }
        return null;
    }

    /** An exchange's number in K. */
    static @Nullable String known(long exchange) {
        return exchange == 0 || isNoNumber(exchange) ? number("exchange", exchange, 1) : null;
    }

    /** The number in M and Z. */
    static @Nullable String highest(long highest) {
        return isNoNumber(highest) ? number("highest exchange", highest, 0) : null;
    }

    static @Nullable String going(int code, int millis) {
        if (code < 0) {
            return code(code);
        }
        return millis >= 0 ? null : "time " + Integer.toUnsignedString(millis) + " is not from 0 to 2147483647 ms";
    }

    static @Nullable String bye(int code) {
        return code < 0 ? code(code) : null;
    }

    /** The error for a peer's frame with such a problem. */
    static ProtocolException broken(int type, long exchange, String problem) {
        boolean letter = type > ' ' && type <= '~';
        String name = letter
                ? Character.toString(type)
                : "0x" + Integer.toHexString(type | 0x100).substring(1);
        String whose = exchange == 0 ? "the connection" : "exchange " + exchange;
        return new ProtocolException("frame " + name + " of " + whose + ": " + problem);
    }

    private static @Nullable String first(@Nullable String a, @Nullable String b, @Nullable String c) {
        return a != null ? a : b != null ? b : c;
    }

    private static @Nullable String ofExchange(long exchange) {
        return exchange == 0 || isNoNumber(exchange) ? number("exchange", exchange, 1) : null;
    }

    private static @Nullable String ofConnection(long exchange) {
        return exchange == 0 ? null : "exchange " + exchange + " is not 0: the frame is the connection's";
    }

    private static @Nullable String flags(int flags, int known) {
        int unknown = flags & ~known;
        return unknown == 0 ? null : "unknown flags " + hex(unknown);
    }

    private static @Nullable String dataFlags(int flags) {
        if ((flags & Flags.CRC) != 0 && (flags & Flags.END) == 0) {
            return "flag CRC without END";
        }
        if ((flags & Flags.DEADLINE) != 0 && (flags & Flags.OPEN) == 0) {
            return "flag DEADLINE without OPEN";
        }
        return flags(flags, Flags.OPEN | Flags.END | Flags.CRC | Flags.ALL | Flags.DEADLINE);
    }

    private static @Nullable String cutFlags(int flags) {
        int both = Flags.CUT_MINE | Flags.CUT_YOURS;
        if ((flags & both) == 0) {
            return "neither flag 0x01 nor 0x02: it cuts nothing";
        }
        if ((flags & Flags.CUT_UNOPENED) != 0 && (flags & both) != both) {
            return "flag 0x04 (never opened) without 0x01 and 0x02";
        }
        return flags(flags, both | Flags.CUT_UNOPENED);
    }

    private static @Nullable String dataLength(int flags, int length, int maxFrame) {
        int overhead = dataOverhead(flags);
        if (length < overhead) {
            return "length " + length + " is not at least " + overhead;
        }
        return length - overhead <= maxFrame
                ? null
                : (length - overhead) + " bytes of data are more than maxFrame, " + maxFrame;
    }

    private static @Nullable String knownLength(int length) {
        return length % 8 == 0 ? length(length, 8, 8 * MAX_KNOWN) : "length " + length + " is not a multiple of 8";
    }

    private static @Nullable String length(int length, int min, int max) {
        if (length >= min && length <= max) {
            return null;
        }
        return "length " + length + " is not " + (min == max ? "" + min : "from " + min + " to " + max);
    }

    private static boolean isNoNumber(long number) {
        return number < 0 || number > MAX_NUMBER;
    }

    private static String number(String what, long number, int min) {
        return what + ' ' + Long.toUnsignedString(number) + " is not from " + min + TO_MAX_NUMBER;
    }

    private static String code(int code) {
        return "code " + Integer.toUnsignedString(code) + " is not from 0 to 2147483647";
    }

    private static String hex(int flags) {
        return "0x" + (flags < 16 ? "0" : "") + Integer.toHexString(flags);
    }
}
