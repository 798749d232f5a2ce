package org.restream.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long EACH = Pace.EACH.toNanos();
    private static final long CREDIT = Pace.CREDIT.toNanos();

    /** Near the end of what a clock may say. */
    private long now = Long.MAX_VALUE - 1_000;

    private final Pace pace = new Pace(() -> now);

    @Test
    void it_is_kept_by_those_that_take_what_they_may() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(pace.isKept(EACH)).isTrue();
        }
        assertThat(pace.allowsTurns()).isTrue();
    }

    @Test
    void some_may_take_longer_where_others_take_less() {
        for (int i = 0; i < 100; i++) {
            assertThat(pace.isKept(EACH + CREDIT)).isTrue();
            for (long saved = 0; saved < CREDIT; saved += EACH) {
                assertThat(pace.isKept(0)).isTrue();
            }
        }
    }

    @Test
    void what_is_saved_does_not_add_up_for_ever() {
        for (int i = 0; i < 10_000; i++) {
            pace.isKept(0);
        }
        assertThat(pace.isKept(EACH + CREDIT + 1)).isFalse();
    }

    @Test
    void who_waits_a_little_each_time_loses_it_too() {
        long each = EACH + CREDIT / 4;
        for (int i = 0; i < 4; i++) {
            assertThat(pace.isKept(each)).isTrue();
        }
        assertThat(pace.isKept(each)).isFalse();
        assertThat(lostFor()).isEqualTo(Pace.LEAST);
    }

    @Test
    void it_is_lost_for_twice_as_long_each_time_up_to_a_limit() {
        for (Duration expected = Pace.LEAST; expected.compareTo(Pace.MOST) < 0; expected = expected.multipliedBy(2)) {
            pace.lose();
            assertThat(lostFor()).isEqualTo(expected);
        }
        pace.lose();
        assertThat(lostFor()).isEqualTo(Pace.MOST);
    }

    @Test
    void it_is_trusted_again_when_it_was_kept_for_long() {
        pace.lose();
        pace.lose();
        assertThat(lostFor()).isEqualTo(Pace.LEAST.multipliedBy(2));
        for (int i = 0; i < 2 * Pace.REGAINED; i++) {
            pace.isKept(EACH);
        }
        pace.lose();
        assertThat(lostFor()).isEqualTo(Pace.LEAST);
    }

    /** Lets time go by until turns are allowed again. */
    private Duration lostFor() {
        long step = 1_000_000;
        long begun = now;
        while (!pace.allowsTurns()) {
            now += step;
        }
        return Duration.ofNanos(now - begun);
    }
}
