package org.restream.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import org.restream.MalformedHeaderException;
import org.restream.testing.ShownText;

/** Headers with control sequences for a terminal, or that would fill the memory. */
class HostileHeaderTest {
    private static final String HEADER = "{\"a\":[1,-2.5e3,\"b\",true,null],\"c\":{\"\\u00e4\":\"\\n\"}} x";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J",
                "\u009b2J",
                "\r",
                "\0",
                "\u0007",
                "\u007f",
                "\u202e",
                "\u2028",
                "\ufeff",
                "\ud83d\ude00\u001b"
            })
    void what_is_wrong_is_told_without_what_a_terminal_would_act_on(String hostile) {
        for (int at = 0; at <= HEADER.length(); at++) {
            String text = HEADER.substring(0, at) + hostile + HEADER.substring(at) + "\n\n";
            Throwable thrown =
                    catchThrowable(() -> new HeaderReader(1_000).take(ByteBuffer.wrap(text.getBytes(UTF_8))));
            assertThat(thrown).as("at %d", at).isNotNull();
            ShownText.isHarmless(thrown);
        }
    }

    /** Our writer puts one digit before the point, so the exponent grows, and the next reader would reject it. */
    @Test
    void a_number_that_could_not_be_handed_on_is_refused() {
        for (String number : List.of("15e2147483647", "1".repeat(998) + "e9", "1".repeat(996) + "e-1001")) {
            assertThatThrownBy(() -> Header.parse("{\"n\":" + number + "}"))
                    .as(number)
                    .isInstanceOf(MalformedHeaderException.class)
                    .hasMessageContaining("a number that is too large or too small");
        }
    }

    /** The JSON library's table of names kept them for the life of the process. */
    @Test
    void names_are_forgotten_with_their_header() throws Exception {
        long before = used();
        for (int i = 0; i < 2_000; i++) {
            Header.parse("{\"" + i + "x".repeat(50_000) + "\":1}");
        }
        // 100 MB of names; the JVM and the library keep a tenth of that for the next header
        assertThat(used() - before).as("bytes kept").isLessThan(50_000_000);
    }

    private static long used() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
