package org.restream.internal.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyBudgetTest {
    private static final long EACH = LatencyBudget.EACH.toNanos();
    private static final long CREDIT = LatencyBudget.CREDIT.toNanos();

    /** Close to the overflow of the clock. */
    private long now = Long.MAX_VALUE - 1_000;

    private final LatencyBudget budget = new LatencyBudget(() -> now);

    @Test
    void it_is_kept_by_those_that_take_what_they_may() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(budget.allows(EACH)).isTrue();
        }
        assertThat(budget.isKept()).isTrue();
    }

    @Test
    void some_may_take_longer_where_others_take_less() {
        for (int i = 0; i < 100; i++) {
            assertThat(budget.allows(EACH + CREDIT)).isTrue();
            for (long saved = 0; saved < CREDIT; saved += EACH) {
                assertThat(budget.allows(0)).isTrue();
            }
        }
    }

    @Test
    void what_is_saved_does_not_add_up_for_ever() {
        for (int i = 0; i < 10_000; i++) {
            budget.allows(0);
        }
        assertThat(budget.allows(EACH + CREDIT + 1)).isFalse();
    }

    @Test
    void who_waits_a_little_each_time_loses_it_too() {
        long each = EACH + CREDIT / 4;
        for (int i = 0; i < 4; i++) {
            assertThat(budget.allows(each)).isTrue();
        }
        assertThat(budget.allows(each)).isFalse();
        assertThat(exceededFor()).isEqualTo(LatencyBudget.MIN_PENALTY);
    }

    @Test
    void it_is_lost_for_twice_as_long_each_time_up_to_a_limit() {
        for (Duration expected = LatencyBudget.MIN_PENALTY;
                expected.compareTo(LatencyBudget.MAX_PENALTY) < 0;
                expected = expected.multipliedBy(2)) {
            budget.exceed();
            assertThat(exceededFor()).isEqualTo(expected);
        }
        budget.exceed();
        assertThat(exceededFor()).isEqualTo(LatencyBudget.MAX_PENALTY);
    }

    @Test
    void it_is_trusted_again_when_it_was_kept_for_long() {
        budget.exceed();
        budget.exceed();
        assertThat(exceededFor()).isEqualTo(LatencyBudget.MIN_PENALTY.multipliedBy(2));
        for (int i = 0; i < 2 * LatencyBudget.FORGIVEN_AFTER; i++) {
            budget.allows(EACH);
        }
        budget.exceed();
        assertThat(exceededFor()).isEqualTo(LatencyBudget.MIN_PENALTY);
    }

    /** Advances the clock until batches are allowed again; returns how long that took. */
    private Duration exceededFor() {
        long step = 1_000_000;
        long begun = now;
        while (!budget.isKept()) {
            now += step;
        }
        return Duration.ofNanos(now - begun);
    }
}
