package org.restream.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.restream.Header;
import org.restream.testing.RandomHeaders;

/** Whatever a header contains, the peer receives exactly that. */
class RoundTripTest {
    private static final int RUNS = 2_000;

    @Test
    void a_header_equals_itself_after_a_journey() throws Exception {
        for (long seed = 0; seed < RUNS; seed++) {
            Header header = Header.from(RandomHeaders.fields(new SplittableRandom(seed)));
            Header back = Header.parse(header.toString());
            assertThat(back).as("seed %d", seed).isEqualTo(header).hasToString(header.toString());
            assertThat(back.hashCode()).as("seed %d", seed).isEqualTo(header.hashCode());
            assertThat(back.keySet()).as("seed %d", seed).containsExactlyElementsOf(header.keySet());
        }
    }

    @Test
    void its_bytes_have_no_raw_line_feed_but_the_blank_line_and_are_read_back() throws Exception {
        for (long seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Header header = Header.from(RandomHeaders.fields(random));
            byte[] bytes = HeaderWriter.bytes(header);
            assertThat(indexOfLineFeed(bytes)).as("seed %d", seed).isEqualTo(bytes.length - 2);

            HeaderReader reader = new HeaderReader(bytes.length - 2);
            int border = random.nextInt(bytes.length);
            assertThat(reader.take(ByteBuffer.wrap(bytes, 0, border)))
                    .as("seed %d", seed)
                    .isNull();
            assertThat(reader.take(ByteBuffer.wrap(bytes, border, bytes.length - border)))
                    .as("seed %d", seed)
                    .isEqualTo(header);
        }
    }

    @Test
    void what_is_in_it_is_in_its_one_form_already() {
        for (long seed = 0; seed < RUNS; seed++) {
            Map<String, Object> fields = RandomHeaders.fields(new SplittableRandom(seed));
            Header once = Header.from(fields);
            assertThat(JsonValues.normalized(once)).as("seed %d", seed).isEqualTo(once);
        }
    }

    private static int indexOfLineFeed(byte[] bytes) {
        int i = 0;
        while (bytes[i] != '\n') {
            i++;
        }
        return i;
    }
}
