package org.restream.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit of each frame: the last that is taken and the first that is not, in the parser and in the encoder. */
class FrameLimitsTest {
    private static final long MAX = FrameLimits.MAX_NUMBER;
    private static final int MAX_FRAME = 1_024;

    private static byte[] head(char type, int flags, int length, long exchange, int payload) {
        ByteBuffer out = ByteBuffer.allocate(12 + payload);
        out.putInt((type << 24) | (flags << 16) | (length >> 8)).putLong(((long) length << 56) | exchange);
        return out.array();
    }

    private static ByteBuffer frame(char type, int flags, long exchange, int length) {
        return ByteBuffer.wrap(head(type, flags, length, exchange, length)).position(12);
    }

    private static Calls parse(ByteBuffer frame) throws ProtocolException {
        Calls calls = new Calls();
        new FrameParser(MAX_FRAME).parse(frame.rewind(), calls);
        return calls;
    }

    private static void taken(ByteBuffer frame) throws ProtocolException {
        assertThat(parse(frame).all()).isNotEmpty();
    }

    private static void refused(ByteBuffer frame, String message) {
        assertThatThrownBy(() -> parse(frame))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(message);
    }

    /** Type, flags, exchange; the lengths that are taken. */
    @ParameterizedTest
    @CsvSource({
        "D, 0, 1, 8, 1032", // 8 + MAX_FRAME
        "D, 6, 1, 12, 1036",
        "A, 0, 1, 24, 24",
        "K, 0, 0, 8, 8192",
        "X, 3, 1, 12, 268",
        "M, 0, 0, 8, 8",
        "P, 0, 0, 8, 8",
        "Z, 0, 0, 8, 8",
        "G, 0, 0, 8, 264",
        "B, 0, 0, 4, 260"
    })
    void length(char type, int flags, long exchange, int min, int max) throws Exception {
        for (int length : new int[] {min, max}) {
            ByteBuffer frame = frame(type, flags, exchange, length);
            if (type == 'K') {
                while (frame.hasRemaining()) {
                    frame.putLong(1);
                }
            }
            taken(frame);
        }
        refused(frame(type, flags, exchange, min - 1), "length " + (min - 1));
        String tooLong = type == 'D' ? "1025 bytes of data are more than maxFrame, 1024" : "length " + (max + 1);
        refused(frame(type, flags, exchange, max + 1), tooLong);
    }

    @Test
    void length_with_a_deadline() throws Exception {
        taken(frame('D', 0x11, 1, 12).putLong(0).putInt(1));
        taken(frame('D', 0x17, 1, 16 + MAX_FRAME).putLong(0).putInt(1));
        refused(frame('D', 0x11, 1, 11), "length 11 is not at least 12");
        refused(frame('D', 0x17, 1, 15), "length 15 is not at least 16");
        refused(frame('D', 0x17, 1, 17 + MAX_FRAME), "1025 bytes of data are more than maxFrame, 1024");
    }

    @Test
    void numbers_in_a_K_frame() throws Exception {
        taken(frame('K', 0, 0, 8).putLong(1));
        taken(frame('K', 0, 0, 8).putLong(MAX));
        refused(frame('K', 0, 0, 8).putLong(0), "exchange 0 is not from 1");
        refused(frame('K', 0, 0, 8).putLong(MAX + 1), "exchange 9007199254740992 is not from 1");
        refused(frame('K', 0, 0, 8).putLong(-1), "exchange 18446744073709551615 is not from 1");
        refused(frame('K', 0, 0, 12), "length 12 is not a multiple of 8");
        refused(frame('K', 0, 0, 8200), "length 8200 is not from 8 to 8192");
        refused(frame('K', 0, 0, 0), "length 0 is not from 8 to 8192");
    }

    @ParameterizedTest
    @CsvSource({"D, 0, 8", "A, 0, 24", "X, 3, 12"})
    void exchange_of_an_exchanges_frame(char type, int flags, int length) throws Exception {
        taken(frame(type, flags, 1, length));
        taken(frame(type, flags, MAX, length));
        refused(frame(type, flags, 0, length), "exchange 0 is not from 1");
        refused(frame(type, flags, MAX + 1, length), "exchange 9007199254740992 is not from 1");
        refused(frame(type, flags, (1L << 56) - 1, length), "exchange 72057594037927935 is not from 1");
    }

    @ParameterizedTest
    @CsvSource({"K, 8", "M, 8", "P, 8", "Z, 8", "G, 8", "B, 4"})
    void exchange_of_the_connections_frame(char type, int length) {
        refused(frame(type, 0, 1, length), "exchange 1 is not 0: the frame is the connection's");
    }

    /** All 256 values of the flags: those that are taken, as bits. */
    @ParameterizedTest
    @CsvSource({
        "D, 40, 1, 0 1 2 3 6 7 8 9 10 11 14 15 17 19 23 25 27 31",
        "A, 24, 1, 0 1 2 3",
        "K, 8, 0, 0",
        "X, 12, 1, 1 2 3 7",
        "M, 8, 0, 0",
        "P, 8, 0, 0 1",
        "Z, 8, 0, 0",
        "G, 8, 0, 0",
        "B, 4, 0, 0"
    })
    void flags(char type, int length, long exchange, String taken) throws Exception {
        for (int flags = 0; flags < 256; flags++) {
            ByteBuffer frame = frame(type, flags, exchange, length);
            if (type == 'K') {
                frame.putLong(1);
            } else if (type == 'D' && (flags & Flags.DEADLINE) != 0) {
                frame.putInt(20, 1);
            }
            if ((" " + taken + " ").contains(" " + flags + " ")) {
                taken(frame);
            } else {
                assertThatThrownBy(() -> parse(frame))
                        .as("flags %d", flags)
                        .isInstanceOf(ProtocolException.class)
                        .hasMessageContaining("flag");
            }
        }
    }

    @Test
    void every_type_but_nine_and_the_small_letters_is_refused() throws Exception {
        for (int type = 0; type < 256; type++) {
            byte[] head = head((char) type, 0, 0, 0, 0);
            if (type >= 'a' && type <= 'z') {
                assertThat(parse(ByteBuffer.wrap(head)).all()).isEmpty();
            } else {
                String what = "DAKXMPZGB".indexOf(type) < 0 ? ": unknown type" : "";
                refused(ByteBuffer.wrap(head), what);
            }
        }
    }

    @Test
    void offset_of_data() throws Exception {
        taken(frame('D', 0, 1, 8).putLong(MAX));
        refused(frame('D', 0, 1, 8).putLong(MAX + 1), "offset 9007199254740992 and 0 bytes of data go beyond");
        refused(frame('D', 0, 1, 8).putLong(-1), "offset 18446744073709551615 and 0 bytes");
        taken(frame('D', 0, 1, 13).putLong(MAX - 5));
        refused(frame('D', 0, 1, 13).putLong(MAX - 4), "offset 9007199254740987 and 5 bytes of data go beyond");
        taken(frame('D', 1, 1, 8).putLong(0));
        refused(frame('D', 1, 1, 8).putLong(1), "flag OPEN at offset 1: a message opens at offset 0");
    }

    @Test
    void deadline() throws Exception {
        taken(frame('D', 0x11, 1, 12).putLong(0).putInt(1));
        taken(frame('D', 0x11, 1, 12).putLong(0).putInt(Integer.MAX_VALUE));
        refused(frame('D', 0x11, 1, 12).putLong(0).putInt(0), "deadline 0 is not from 1 to 2147483647 ms");
        refused(frame('D', 0x11, 1, 12).putLong(0).putInt(Integer.MIN_VALUE), "deadline 2147483648 is not from 1");
    }

    @Test
    void positions_of_an_ack() throws Exception {
        taken(frame('A', 0, 1, 24).putLong(MAX).putLong(MAX).putLong(MAX));
        taken(frame('A', 0, 1, 24).putLong(7).putLong(7).putLong(0));
        refused(frame('A', 0, 1, 24).putLong(7).putLong(8).putLong(9), "released 8 is beyond received 7");
        for (long bad : new long[] {MAX + 1, -1}) {
            String number = Long.toUnsignedString(bad) + " is not from 0";
            refused(frame('A', 0, 1, 24).putLong(bad).putLong(0).putLong(0), "received " + number);
            refused(frame('A', 0, 1, 24).putLong(0).putLong(bad).putLong(0), "released " + number);
            refused(frame('A', 0, 1, 24).putLong(0).putLong(0).putLong(bad), "limit " + number);
        }
    }

    @Test
    void code_and_size_of_a_cut() throws Exception {
        taken(frame('X', 1, 1, 12).putInt(Integer.MAX_VALUE).putLong(MAX));
        refused(frame('X', 1, 1, 12).putInt(-1).putLong(0), "code 4294967295 is not from 0 to 2147483647");
        refused(frame('X', 1, 1, 12).putInt(1).putLong(MAX + 1), "final size 9007199254740992 is not from 0");
        refused(frame('X', 2, 1, 12).putInt(1).putLong(1), "final size 1 is not 0, as these flags want it: 0x02");
        refused(frame('X', 7, 1, 12).putInt(1).putLong(1), "final size 1 is not 0, as these flags want it: 0x07");
    }

    @Test
    void numbers_of_the_connections_frames() throws Exception {
        for (char type : new char[] {'M', 'Z'}) {
            taken(frame(type, 0, 0, 8).putLong(0));
            taken(frame(type, 0, 0, 8).putLong(MAX));
            refused(frame(type, 0, 0, 8).putLong(MAX + 1), "highest exchange 9007199254740992 is not from 0");
            refused(frame(type, 0, 0, 8).putLong(-1), "highest exchange 18446744073709551615 is not from 0");
        }
        taken(frame('P', 0, 0, 8).putLong(-1));
        taken(frame('G', 0, 0, 8).putInt(Integer.MAX_VALUE).putInt(Integer.MAX_VALUE));
        refused(frame('G', 0, 0, 8).putInt(-1).putInt(0), "code 4294967295 is not from 0");
        refused(frame('G', 0, 0, 8).putInt(0).putInt(-1), "time 4294967295 is not from 0 to 2147483647 ms");
        taken(frame('B', 0, 0, 4).putInt(Integer.MAX_VALUE));
        refused(frame('B', 0, 0, 4).putInt(Integer.MIN_VALUE), "code 2147483648 is not from 0");
    }

    @Test
    void texts_are_UTF_8() throws Exception {
        taken(frame('B', 0, 0, 6).putInt(1).put((byte) 0xc3).put((byte) 0xa4));
        refused(frame('B', 0, 0, 6).putInt(1).put((byte) 0xc3).put((byte) 0x28), "its text is not UTF-8");
        refused(frame('B', 0, 0, 5).putInt(1).put((byte) 0xc3), "its text is not UTF-8");
        refused(frame('G', 0, 0, 9).putInt(1).putInt(1).put((byte) 0xff), "its text is not UTF-8");
        refused(frame('X', 1, 1, 13).putInt(1).putLong(1).put((byte) 0x80), "its text is not UTF-8");
    }
}
