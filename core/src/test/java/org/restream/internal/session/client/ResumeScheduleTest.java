package org.restream.internal.session.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResumeScheduleTest {
    private final ResumeSchedule schedule = new ResumeSchedule(() -> 0.5);

    private long[] waits(int count) {
        long[] waits = new long[count];
        for (int i = 0; i < count; i++) {
            waits[i] = schedule.next().toMillis();
        }
        return waits;
    }

    @Test
    void waits_double_up_to_five_seconds() {
        schedule.lost(0);
        assertThat(waits(9)).containsExactly(0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000);
    }

    @Test
    void a_connection_on_which_nothing_moves_does_not_begin_them_anew() {
        schedule.lost(7);
        assertThat(waits(3)).containsExactly(0, 100, 200);
        schedule.lost(7);
        assertThat(waits(1)).containsExactly(400);
        schedule.lost(8);
        assertThat(waits(2)).containsExactly(0, 100);
    }

    @Test
    void they_are_a_fifth_more_or_less() {
        for (double chance : new double[] {0, 1}) {
            ResumeSchedule other = new ResumeSchedule(() -> chance);
            other.lost(0);
            assertThat(other.next()).isZero();
            assertThat(other.next()).isEqualTo(Duration.ofMillis(chance == 0 ? 80 : 120));
        }
    }
}
