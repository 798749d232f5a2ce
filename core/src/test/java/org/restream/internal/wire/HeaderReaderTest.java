package org.restream.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import org.restream.HeaderTooLargeException;
import org.restream.MalformedHeaderException;

class HeaderReaderTest {
    private static final int LIMIT = 100;

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A JSON object with this many bytes. */
    private static String json(int length) {
        return "{\"a\":\"" + "x".repeat(length - 8) + "\"}";
    }

    @Test
    void takes_nothing_beyond_the_blank_line() throws Exception {
        ByteBuffer in = utf8("{\"a\":1}\n\n\n\nbody");

        assertThat(new HeaderReader(LIMIT).take(in)).isEqualTo(Header.of("a", 1));

        assertThat(in.position()).isEqualTo(9);
        assertThat(StandardCharsets.UTF_8.decode(in).toString()).isEqualTo("\n\nbody");
    }

    @Test
    void takes_all_while_there_is_no_blank_line() throws Exception {
        HeaderReader reader = new HeaderReader(LIMIT);
        ByteBuffer in = utf8("{\"a\":1}\n");

        assertThat(reader.take(in)).isNull();

        assertThat(in.hasRemaining()).isFalse();
        assertThat(reader.pending()).isEqualTo(8);
        assertThat(reader.take(utf8("\n"))).isEqualTo(Header.of("a", 1));
    }

    @Test
    void the_replacement_character_is_one_like_others_where_it_was_sent() throws Exception {
        assertThat(new HeaderReader(LIMIT).take(utf8("{\"a\":\"\uFFFD\"}\n\n"))).isEqualTo(Header.of("a", "\uFFFD"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda080", "f4908080", "e282"})
    void what_is_no_utf8_is_told_with_its_place(String hex) {
        ByteBuffer in = ByteBuffer.allocate(30).put(utf8("{\"\uFFFD\":\""));
        in.put(HexFormat.of().parseHex(hex)).put(utf8("\"}\n\n")).flip();

        assertThatThrownBy(() -> new HeaderReader(LIMIT).take(in))
                .isInstanceOf(MalformedHeaderException.class)
                .hasMessage("the header is not UTF-8: bad byte 0x" + hex.substring(0, 2) + " at offset 8");
    }

    @Test
    void reads_from_the_buffers_position_to_its_limit() throws Exception {
        ByteBuffer in = utf8("xx{}\n\nyy").position(2).limit(6).slice();

        assertThat(new HeaderReader(LIMIT).take(in)).isEmpty();
        assertThat(in.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 255, 256, 257, 512, 1024, 65_535, 65_536})
    void a_header_of_just_the_limit_passes(int limit) throws Exception {
        ByteBuffer in = utf8(json(limit) + "\n\nbody");

        assertThat(new HeaderReader(limit).take(in)).hasSize(1);

        assertThat(in.remaining()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 255, 256, 257, 512, 1024, 65_535, 65_536})
    void one_byte_more_does_not_and_is_told_at_once(int limit) {
        ByteBuffer in = utf8(json(limit + 1) + "\n\nbody");

        assertThatThrownBy(() -> new HeaderReader(limit).take(in))
                .isInstanceOf(HeaderTooLargeException.class)
                .hasMessage("the header is longer than maxHeaderBytes, " + limit + " bytes");

        assertThat(in.position()).isEqualTo(limit + 1);
    }

    @Test
    void a_line_feed_beyond_the_limit_counts_if_no_second_follows() {
        assertThatThrownBy(() -> new HeaderReader(10).take(utf8(json(10) + "\n \n\n")))
                .isInstanceOf(HeaderTooLargeException.class);
    }

    @Test
    void there_may_be_no_limit_to_speak_of() throws Exception {
        assertThat(new HeaderReader(Integer.MAX_VALUE).take(utf8(json(10_000) + "\n\n")))
                .hasSize(1);
    }

    @Test
    void the_end_before_the_first_byte_is_fine() throws Exception {
        HeaderReader reader = new HeaderReader(LIMIT);
        assertThat(reader.take(utf8(""))).isNull();

        reader.end();
    }

    /** Where a header is here as a whole it is not copied first; wherever it is cut, it is the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}\n\nx",
                " \r\n{\"a\":\n1}\n\n\n\n",
                "{\"\u00e9\u20ac\":null}\n\n",
                "\n\n",
                "{}",
                "\n{}\n\n",
                "[1]\n\n",
                "{\"a\n\n",
                "  x\n\n"
            })
    void it_does_not_matter_in_how_many_pieces_it_comes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String whole = outcome(ByteBuffer.wrap(bytes));
        assertThat(outcome(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()))
                .isEqualTo(whole);
        for (int cut = 1; cut < bytes.length; cut++) {
            assertThat(outcome(ByteBuffer.wrap(bytes, 0, cut).slice(), ByteBuffer.wrap(bytes, cut, bytes.length - cut)))
                    .isEqualTo(whole);
        }
    }

    private static String outcome(ByteBuffer... pieces) {
        HeaderReader reader = new HeaderReader(LIMIT);
        int left = 0;
        try {
            Header header = null;
            for (ByteBuffer piece : pieces) {
                header = header == null ? reader.take(piece) : header;
                left += piece.remaining();
            }
            return header + ", left " + left;
        } catch (MalformedHeaderException | HeaderTooLargeException e) {
            return e.toString();
        }
    }
}
