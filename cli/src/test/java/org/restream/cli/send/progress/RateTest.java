package org.restream.cli.send.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateTest {
    private static final long SECOND = 1_000_000_000L;

    private final Rate rate = new Rate();

    @Test
    void it_is_not_known_at_first() {
        assertThat(rate.at(7, 1_000)).isEqualTo(-1);
        assertThat(rate.at(8, 2_000)).isEqualTo(-1);
    }

    @Test
    void only_the_last_seconds_count() {
        assertThat(rate.at(0, 0)).isEqualTo(-1);
        assertThat(rate.at(2 * SECOND, 2_000)).isEqualTo(1_000);
        assertThat(rate.at(4 * SECOND, 2_000)).isEqualTo(500);
        assertThat(rate.at(6 * SECOND, 2_000)).isZero();
    }

    @Test
    void what_is_sent_again_from_the_start_starts_again() {
        rate.at(0, 0);
        rate.at(SECOND, 5_000);

        assertThat(rate.at(2 * SECOND, 100)).isEqualTo(-1);
        assertThat(rate.at(3 * SECOND, 300)).isEqualTo(200);
    }
}
