package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DropLimitTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final DropLimit limit = new DropLimit();

    @Test
    void the_clock_starts_with_the_first_byte() {
        assertThat(limit.allows(1, 1_000 * SECOND)).isTrue();
        assertThat(limit.allows(1, 1_030 * SECOND)).isTrue();
        assertThat(limit.allows(1, 1_031 * SECOND)).isFalse();
        assertThat(limit.text()).isEqualTo("only 3 bytes, for more than 30 s since our message ended");
    }

    @Test
    void each_kibibyte_gives_a_second_more() {
        assertThat(limit.allows(10 * 1024, 0)).isTrue();
        assertThat(limit.allows(1, 40 * SECOND)).isTrue();
        assertThat(limit.allows(1, 41 * SECOND)).isFalse();
    }

    @Test
    void a_gibibyte_is_the_most() {
        assertThat(limit.allows(DropLimit.MAX_BYTES, 0)).isTrue();
        assertThat(limit.allows(1, 0)).isFalse();
        assertThat(limit.text()).isEqualTo("more than 1073741824 bytes since our message ended");
    }

    @Test
    void a_clock_below_zero_is_as_good() {
        assertThat(limit.allows(1, -5 * SECOND)).isTrue();
        assertThat(limit.allows(1, 25 * SECOND)).isTrue();
        assertThat(limit.allows(1, 26 * SECOND)).isFalse();
    }
}
