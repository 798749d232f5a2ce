package org.restream.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long EACH = Pace.EACH.toNanos();
    private static final long CREDIT = Pace.CREDIT.toNanos();

    private final Pace pace = new Pace();

    @Test
    void it_is_kept_by_those_that_take_what_they_may() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(pace.isKept(EACH)).isTrue();
        }
        assertThat(withheld()).isZero();
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
        assertThat(pace.isKept(each)).isTrue();
        assertThat(pace.isKept(each)).isTrue();
        assertThat(pace.isKept(each)).isTrue();
        assertThat(pace.isKept(each)).isTrue();
        assertThat(pace.isKept(each)).isFalse();
        assertThat(withheld()).isEqualTo(Pace.LEAST);
    }

    @Test
    void it_is_lost_for_twice_as_long_each_time_up_to_a_limit() {
        for (int expected = Pace.LEAST; expected <= Pace.MOST; expected *= 2) {
            pace.lose();
            assertThat(withheld()).isEqualTo(expected);
        }
        pace.lose();
        assertThat(withheld()).isEqualTo(Pace.MOST);
    }

    @Test
    void it_is_trusted_again_when_it_was_kept_for_long() {
        pace.lose();
        pace.lose();
        assertThat(withheld()).isEqualTo(2 * Pace.LEAST);
        for (int i = 0; i < 2 * Pace.REGAINED; i++) {
            pace.isKept(EACH);
        }
        pace.lose();
        assertThat(withheld()).isEqualTo(Pace.LEAST);
    }

    /** For how many connections turns are not allowed. */
    private int withheld() {
        int count = 0;
        while (!pace.allowsTurns()) {
            count++;
        }
        return count;
    }
}
