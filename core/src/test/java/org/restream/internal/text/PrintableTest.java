package org.restream.internal.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.testing.RandomHeaders;

class PrintableTest {
    static Arguments[] texts() {
        return new Arguments[] {
            Arguments.of("plain text, ä 日本 😀", "plain text, ä 日本 😀"),
            Arguments.of("\u001b[31m\u009b31m", "\\u001b[31m\\u009b31m"),
            Arguments.of("a\nb\r\tc\0\u007f", "a\\u000ab\\u000d\\u0009c\\u0000\\u007f"),
            Arguments.of("\u202eevil\u2066\ufeff\u00ad", "\\u202eevil\\u2066\\ufeff\\u00ad"),
            Arguments.of("\u2028\u2029", "\\u2028\\u2029"),
            Arguments.of("\ud83d", "\\ud83d"),
            Arguments.of("\uffff\ue000", "\\uffff\\ue000"),
            Arguments.of("", "")
        };
    }

    @ParameterizedTest
    @MethodSource("texts")
    void what_can_not_be_seen_is_spelled_out(String text, String printable) {
        assertThat(Printable.of(text)).isEqualTo(printable);
    }

    @Test
    void what_is_too_long_is_cut_between_characters() {
        assertThat(Printable.of("😀".repeat(200))).isEqualTo("😀".repeat(200));
        assertThat(Printable.of("😀".repeat(201))).isEqualTo("😀".repeat(200) + "…");
    }

    @Test
    void what_is_spelled_out_is_not_too_long_either() {
        assertThat(Printable.of("\0".repeat(33))).isEqualTo("\\u0000".repeat(33));
        assertThat(Printable.of("\0".repeat(34))).isEqualTo("\\u0000".repeat(33) + "…");
        assertThat(Printable.of("\0".repeat(33) + "ab")).isEqualTo("\\u0000".repeat(33) + "ab");
        assertThat(Printable.of("\0".repeat(33) + "abc")).isEqualTo("\\u0000".repeat(33) + "ab…");
    }

    @Test
    void no_text_gets_a_control_character_through() {
        for (long seed = 0; seed < 2_000; seed++) {
            String printable = Printable.of(RandomHeaders.text(new SplittableRandom(seed)));
            assertThat(printable.chars().anyMatch(Character::isISOControl))
                    .as("seed %d", seed)
                    .isFalse();
            assertThat(UTF_8.newEncoder().canEncode(printable))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }
}
