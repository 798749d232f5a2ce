package org.restream.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.restream.Header;

/** The memory of a header, with content that takes as much as possible for its length. */
class HeaderMemoryTest {
    private static final int LENGTH = 64 * 1024 - 16;
    private static final int KEPT = Scale.of(10, 40);
    private static final int FACTOR_AT_MOST = 32;

    /** Repeated in one array. */
    private static final List<String> ITEMS =
            List.of("[]", "{}", "[0]", "[[0]]", "{\"\":0}", "{\"a\":\"b\"}", "\"\"", "\"a\"", "1.5", "1e999", "12345");

    @Test
    void a_header_holds_a_small_multiple_of_its_length() throws Exception {
        double most = 0;
        String worst = "";
        for (String item : ITEMS) {
            double factor = factor(array(item));
            if (factor > most) {
                most = factor;
                worst = item;
            }
        }
        double names = factor(names());
        assertThat(Math.max(most, names)).isLessThan(FACTOR_AT_MOST);
        Figures.record(
                "header-memory",
                String.format(
                        Locale.ROOT,
                        "a header of 64 KiB holds at most %.0f times its length (an array of `%s`; many names: %.0f"
                                + " times)",
                        most,
                        worst,
                        names));
    }

    private static String array(String item) {
        StringBuilder json = new StringBuilder("{\"a\":[").append(item);
        while (json.length() + item.length() + 3 < LENGTH) {
            json.append(',').append(item);
        }
        return json.append("]}").toString();
    }

    private static String names() {
        StringBuilder json = new StringBuilder("{\"\":0");
        for (int i = 0; json.length() < LENGTH - 16; i++) {
            json.append(",\"").append(Integer.toString(i, 36)).append("\":0");
        }
        return json.append('}').toString();
    }

    private static double factor(String json) throws Exception {
        Header.parse(json);
        List<Header> kept = new ArrayList<>();
        long before = used();
        for (int i = 0; i < KEPT; i++) {
            kept.add(Header.parse(json));
        }
        double held = used() - before;
        assertThat(kept).hasSize(KEPT);
        return held / KEPT / json.length();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
