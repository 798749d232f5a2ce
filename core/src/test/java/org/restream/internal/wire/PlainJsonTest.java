package org.restream.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.MalformedHeaderException;

/** What is read without the JSON library is what the library would read. */
class PlainJsonTest {
    private static final String[] PIECES = {
        "{",
        "}",
        ",",
        ":",
        "\"",
        "\"a\"",
        "\"b\":",
        "\"\"",
        "\"ä€😀\"",
        "1",
        "0",
        "-",
        "12",
        "true",
        "false",
        "null",
        " ",
        "\\",
        "\\n",
        "[",
        "]",
        ".",
        "e",
        "\t",
        "\n",
        "{\"a\":",
        ",\"a\":",
        "999999999999999999",
        "9999999999999999999",
        "t",
        "nul"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":1}",
                "{\"a\":0,\"b\":123456789012345678,\"c\":true,\"d\":false,\"e\":null,\"\":\"\"}",
                "{\"name\":\"a.txt\",\"größe\":\"😀\u007f\",\"name\":\"b\"}",
            })
    void most_headers_are_plain(String json) throws Exception {
        // the order of the fields counts, too
        assertThat(PlainJson.read(json))
                .hasToString(JsonText.read("header", json).toString());
        assertThat(PlainJson.read(json)).isEqualTo(JsonText.read("header", json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1",
                "{\"a\":1}x",
                "{\"a\":1} ",
                " {}",
                "{\"a\" :1}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":01}",
                "{\"a\":-1}",
                "{\"a\":1.5}",
                "{\"a\":1e3}",
                "{\"a\":1234567890123456789}",
                "{\"a\":[]}",
                "{\"a\":{}}",
                "{\"a\":\"\\n\"}",
                "{\"a\\u0062\":1}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"b}",
                "{\"a\":tru}",
                "{\"a\":nul}",
                "{\"a\":truex}",
                "[]",
                "1",
                "null",
                "{'a':1}",
                "{a:1}"
            })
    void all_else_is_left_to_the_library(String json) {
        assertThat(PlainJson.read(json)).isNull();
    }

    @Test
    void what_is_read_is_what_the_library_reads() {
        long seed = 20_261;
        Random random = new Random(seed);
        int plain = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder json = new StringBuilder("{\"a\":");
            int pieces = random.nextInt(6);
            for (int j = 0; j < pieces; j++) {
                json.append(PIECES[random.nextInt(PIECES.length)]);
            }
            String text = json.append(random.nextBoolean() ? "}" : "").toString();
            Map<String, @Nullable Object> read = PlainJson.read(text);
            if (read != null) {
                plain++;
                assertThat(read).as("seed %d: %s", seed, text).isEqualTo(library(text));
            }
        }
        assertThat(plain).isGreaterThan(1_000);
    }

    private static Map<String, @Nullable Object> library(String json) {
        try {
            return JsonText.read("header", json);
        } catch (MalformedHeaderException e) {
            return new LinkedHashMap<>(Map.of("is malformed", String.valueOf(e.getMessage())));
        }
    }
}
