package org.restream.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.restream.testing.Spelled;

class FrameParserTest {
    private static final String HELLO = "4403 00000d 00000000000001 0000000000000000 'hello'";

    /** Each call for data, as it is. */
    private static final class Pieces extends Silent {
        private final List<String> all;

        Pieces(List<String> all) {
            this.all = all;
        }

        @Override
        public void data(long exchange, int flags, long offset, int deadlineMillis, ByteBuffer bytes, int crc) {
            all.add(String.format(
                    "flags %02x offset %d deadline %d '%s' crc %x",
                    flags, offset, deadlineMillis, StandardCharsets.US_ASCII.decode(bytes), crc));
        }
    }

    private final FrameParser parser = new FrameParser(65_536);
    private final Calls calls = new Calls();

    private void parse(String spelled) throws ProtocolException {
        parser.parse(ByteBuffer.wrap(Spelled.bytes(spelled)), calls);
    }

    @Test
    void data_come_in_pieces_each_with_its_offset_and_the_flags_that_are_due() throws Exception {
        List<String> pieces = new ArrayList<>();
        FrameHandler handler = new Pieces(pieces);
        byte[] frame = frame(0x1f, 0, 77, "abcdef", 0x01020304);

        for (int from = 0; from < frame.length; from += 26) {
            parser.parse(ByteBuffer.wrap(frame, from, Math.min(26, frame.length - from)), handler);
        }

        assertThat(pieces)
                .containsExactly(
                        "flags 11 offset 0 deadline 77 'ab' crc 0", "flags 0e offset 2 deadline 0 'cdef' crc 1020304");
    }

    @Test
    void the_end_comes_alone_where_its_CRC_comes_later_than_the_data() throws Exception {
        List<String> pieces = new ArrayList<>();
        byte[] frame = frame(0x06, 5, 0, "abc", -2);

        parser.parse(ByteBuffer.wrap(frame, 0, frame.length - 1), new Pieces(pieces));
        assertThat(pieces).containsExactly("flags 00 offset 5 deadline 0 'abc' crc 0");
        parser.parse(ByteBuffer.wrap(frame, frame.length - 1, 1), new Pieces(pieces));
        assertThat(pieces.subList(1, pieces.size())).containsExactly("flags 06 offset 8 deadline 0 '' crc fffffffe");
    }

    @Test
    void what_a_handler_does_to_the_buffer_has_no_effect() throws Exception {
        Encoding encoding = new Encoding(1_000);
        encoding.data(1, 0, 0, 0, ByteBuffer.wrap(new byte[3]), 0);
        encoding.more(9);
        List<Long> more = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(encoding.bytes());

        parser.parse(in, new Silent() {
            @Override
            public void data(long exchange, int flags, long offset, int deadlineMillis, ByteBuffer bytes, int crc) {
                bytes.clear();
            }

            @Override
            public void more(long highest) {
                more.add(highest);
            }
        });

        assertThat(more).containsExactly(9L);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void what_a_handler_throws_comes_out() {
        ProtocolException wrong = new ProtocolException(ByeCode.ABUSE, "no such exchange");
        assertThatThrownBy(() -> parser.parse(ByteBuffer.wrap(Spelled.bytes(HELLO)), new Silent() {
                    @Override
                    public void data(long exchange, int flags, long offset, int millis, ByteBuffer bytes, int crc)
                            throws ProtocolException {
                        throw wrong;
                    }
                }))
                .isSameAs(wrong);
    }

    @Test
    void a_small_letter_that_is_not_known_is_skipped_whole_whatever_is_in_it() throws Exception {
        parse("71ff ffffff ffffffffffffff");
        ByteBuffer filler = ByteBuffer.allocate(0xffff);
        for (int left = 0xffffff; left > 0; left -= filler.limit()) {
            filler.position(0).limit(Math.min(left, filler.capacity()));
            parser.parse(filler, calls);
        }
        parse("7a00 000000 00000000000000");
        parse(HELLO);

        assertThat(calls.all()).extracting(call -> call.get("hex")).containsExactly("68656c6c6f");
    }

    @Test
    void a_K_frame_is_told_number_by_number_as_they_come() throws Exception {
        parse("4b00 000018 00000000000000 0000000000000001 0000000000000007 00000000");
        assertThat(calls.all())
                .containsExactly(Map.of("frame", "K", "exchange", 1L), Map.of("frame", "K", "exchange", 7L));
        assertThatThrownBy(() -> parse("00000000"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("frame K of the connection: exchange 0 is not from 1 to 9007199254740991 (2^53-1)");
    }

    @Test
    void an_error_names_frame_exchange_value_and_rule_and_has_the_code_for_the_peer() {
        assertThatThrownBy(() -> parse("4420 00000d 00000000000007 0000000000000000 'hello'"))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.byeCode()).isEqualTo(ByeCode.PROTOCOL))
                .hasMessage("frame D of exchange 7: unknown flags 0x20");
        assertThatThrownBy(() -> new FrameParser(1).parse(ByteBuffer.allocate(12), calls))
                .hasMessage("frame 0x00 of the connection: unknown type");
    }

    @Test
    void a_buffer_that_is_not_big_endian_is_refused() {
        assertThatThrownBy(() -> parser.parse(ByteBuffer.allocate(1).order(ByteOrder.LITTLE_ENDIAN), calls))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the buffer is not big-endian");
    }

    @Test
    void maxFrame_has_limits() {
        assertThatThrownBy(() -> new FrameParser(0)).hasMessage("maxFrame 0 is not from 1 to 1048576");
        assertThatThrownBy(() -> new FrameParser(1_048_577)).hasMessage("maxFrame 1048577 is not from 1 to 1048576");
        assertThat(new FrameParser(1_048_576)).isNotNull();
    }

    private static byte[] frame(int flags, long offset, int deadline, String text, int crc) {
        Encoding encoding = new Encoding(1_000);
        encoding.data(1, flags, offset, deadline, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), crc);
        return encoding.bytes();
    }
}
