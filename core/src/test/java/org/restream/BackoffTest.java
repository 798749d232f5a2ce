package org.restream;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void linear_grows_by_the_delay_and_starts_again_after_resetTimeout() {
        Backoff linear = Backoff.linear(ofMillis(200), 3);
        assertThat(IntStream.rangeClosed(1, 8).mapToObj(linear::delay))
                .extracting(Duration::toMillis)
                .containsExactly(200L, 400L, 600L, 200L, 400L, 600L, 200L, 400L);
    }

    @Test
    void linear_may_not_wait_at_all() {
        assertThat(Backoff.linear(Duration.ZERO, 10).delay(7)).isEqualTo(Duration.ZERO);
    }

    @Test
    void linear_takes_the_largest_numbers() {
        assertThat(Backoff.linear(ofSeconds(1), Integer.MAX_VALUE).delay(Integer.MAX_VALUE))
                .isEqualTo(ofSeconds(Integer.MAX_VALUE));
    }

    @Test
    void linear_refuses_what_the_options_refuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.linear(ofSeconds(-1), 1))
                .withMessage("retryDelay must not be negative, but is PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.linear(ofSeconds(1), 0))
                .withMessage("resetTimeout must be 1 or more, not 0");
        assertThatNullPointerException()
                .isThrownBy(() -> Backoff.linear(null, 1))
                .withMessage("retryDelay must not be null");
    }
}
