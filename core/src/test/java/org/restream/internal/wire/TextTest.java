package org.restream.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.RestreamException;
import org.restream.testing.RandomHeaders;

/** Text in bodies: TextDecoder, TextEncoder and Utf8. */
class TextTest {
    private static final int RUNS = 2_000;

    /** Text without unpaired surrogates. */
    private static String encodable(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        while (text.length() < 30) {
            String piece = RandomHeaders.text(random);
            if (Utf8.firstUnpaired(piece) < 0) {
                text.append(piece).append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    @Test
    void text_is_decoded_wherever_its_bytes_are_split() throws Exception {
        for (long seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String text = encodable(random);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            TextDecoder decoder = new TextDecoder();
            StringBuilder out = new StringBuilder();
            int from = 0;
            while (from < bytes.length) {
                int length = Math.min(random.nextInt(5), bytes.length - from);
                String piece = decoder.decode(bytes, from, length);
                assertThat(Utf8.firstUnpaired(piece)).as("seed %d", seed).isNegative();
                out.append(piece);
                from += length;
            }
            decoder.end();
            assertThat(out.toString()).as("seed %d", seed).isEqualTo(text);
        }
    }

    @Test
    void text_is_encoded_wherever_its_characters_are_split() throws Exception {
        for (long seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String text = encodable(random);
            TextEncoder encoder = new TextEncoder();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int from = 0;
            while (from < text.length()) {
                int to = Math.min(from + random.nextInt(4), text.length());
                out.writeBytes(encoder.encode(text.substring(from, to)));
                from = to;
            }
            encoder.end();
            assertThat(out.toString(StandardCharsets.UTF_8)).as("seed %d", seed).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // bytes, bad byte, offset
        "ff, 0xff, 0",
        "6180, 0x80, 1",
        "c3a4c328, 0xc3, 2",
        "c080, 0xc0, 0",
        "eda0bd, 0xed, 0",
        "f09f9861, 0xf0, 0",
        "f4908080, 0xf4, 0",
        "61626364c3, 0xc3, 4",
        "f09f98, 0xf0, 0",
    })
    void bad_bytes_are_told_with_their_offset_in_the_body_however_it_is_split(String hex, String bad, int offset) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int step = 1; step <= bytes.length; step++) {
            int size = step;
            assertThatThrownBy(() -> decode(bytes, size))
                    .as("pieces of %d", size)
                    .isInstanceOf(RestreamException.class)
                    .hasMessage("the body is not UTF-8 text: bad byte " + bad + " at offset " + offset);
        }
    }

    private static void decode(byte[] bytes, int size) throws RestreamException {
        TextDecoder decoder = new TextDecoder();
        for (int from = 0; from < bytes.length; from += size) {
            decoder.decode(bytes, from, Math.min(size, bytes.length - from));
        }
        decoder.end();
    }

    @Test
    void half_a_surrogate_pair_waits_for_the_other() throws Exception {
        TextEncoder encoder = new TextEncoder();

        assertThat(encoder.encode("a\ud83d")).asString().isEqualTo("a");
        assertThat(encoder.encode("")).isEmpty();
        assertThat(encoder.encode("\ude00\ud83d")).asString().isEqualTo("\ud83d\ude00");
        assertThat(encoder.encode("\ude01")).asString().isEqualTo("\ud83d\ude01");
        encoder.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ude00", "\ud83dx", "x\ud83d\ud83d\ude00", "x\ude00\ud83d"})
    void half_a_pair_within_a_piece_is_refused(String text) {
        assertThatThrownBy(() -> new TextEncoder().encode(text))
                .isInstanceOf(CharacterCodingException.class)
                .hasMessageMatching("the text has a surrogate without its other half, U\\+D83D.*|.*U\\+DE00.*");
    }

    @Test
    void half_a_pair_before_something_else_is_refused() throws Exception {
        TextEncoder encoder = new TextEncoder();
        encoder.encode("\ud83d");

        assertThatThrownBy(() -> encoder.encode("x")).isInstanceOf(CharacterCodingException.class);
        assertThatThrownBy(encoder::end)
                .isInstanceOf(CharacterCodingException.class)
                .hasMessageContaining("U+D83D");
    }

    @ParameterizedTest
    @CsvSource({
        "'', -1",
        "abc, -1",
        "\ud83d\ude00, -1",
        "a\ud83d, 1",
        "\ude00, 0",
        "\ud83d\ude00\ude00, 2",
        "\ud83d\ud83d\ude00, 0"
    })
    void the_first_unpaired_surrogate_is_found(String text, int index) {
        assertThat(Utf8.firstUnpaired(text)).isEqualTo(index);
    }

    @Test
    void unpaired_surrogates_get_their_escape_and_pairs_stay() {
        assertThat(JsonText.write("\ude00a\ud83d\ude00b\ud83d\ud83d\ude00\ud83d"))
                .isEqualTo("\"\\ude00a\ud83d\ude00b\\ud83d\ud83d\ude00\\ud83d\"");
    }
}
