package org.restream.internal.reconnect;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.restream.internal.reconnect.ReconnectPolicyTest.after;
import static org.restream.internal.reconnect.ReconnectPolicyTest.delay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.ClientOptions;
import org.restream.Reconnect;
import org.restream.internal.reconnect.ReconnectPolicy.Decision;
import org.restream.internal.reconnect.ReconnectPolicy.State;

/** Jitter, custom back-offs, and extreme durations. */
class ReconnectPolicyDelayTest {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
    private static final ClientOptions ONE = ClientOptions.defaults().servers("a");

    @ParameterizedTest
    @CsvSource({"1, 0, 30", "1, 0.5, 27", "1, 1, 24", "10, 0, 300", "10, 0.5, 270", "10, 1, 240", "11, 1, 24"})
    void a_jitter_of_a_fifth_makes_each_wait_80_to_100_percent_also_the_longest(
            int failures, double chance, int seconds) {
        assertThat(jittered(ONE.jitter(0.2), chance, failures)).isEqualTo(ofSeconds(seconds));
    }

    @Test
    void a_jitter_of_1_may_leave_nothing_of_a_wait() {
        assertThat(jittered(ONE.jitter(1), 1, 1)).isEqualTo(Duration.ZERO);
    }

    @Test
    void without_jitter_chance_is_not_asked() {
        ReconnectPolicy policy = new ReconnectPolicy(ONE, () -> {
            throw new AssertionError("asked");
        });
        assertThat(policy.after(State.START, ScriptedResult.REFUSED.result())).isInstanceOf(Decision.Retry.class);
    }

    @Test
    void the_wait_of_ALWAYS_after_an_empty_answer_has_jitter_too() {
        ReconnectPolicy policy = new ReconnectPolicy(ONE.jitter(0.2).reconnect(Reconnect.ALWAYS), () -> 1);
        Decision next = policy.after(State.START, ScriptedResult.COMPLETED_EMPTY.result());
        assertThat(((Decision.Retry) next).delay()).isEqualTo(ofSeconds(24));
    }

    @Test
    void a_backoff_of_ones_own_is_asked_once_per_failure_with_the_number_of_failures() {
        List<Integer> asked = new ArrayList<>();
        ClientOptions options = ONE.backoff(failures -> {
            asked.add(failures);
            return ofMillis(1L << failures);
        });
        assertThat(delay(options, 1)).isEqualTo(ofMillis(2));
        assertThat(delay(options, 12)).isEqualTo(ofMillis(4096));
        assertThat(asked).containsExactly(1, 12);
        assertThat(jittered(options.jitter(0.5), 1, 3)).isEqualTo(ofMillis(4));
    }

    @Test
    void a_backoff_that_gives_a_negative_delay_stops_the_client_and_the_message_says_so() {
        assertThat(stop(ONE.backoff(failures -> ofSeconds(-1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the back-off's delay must not be negative, but is PT-1S");
    }

    @Test
    void a_backoff_that_gives_null_stops_the_client_and_the_message_says_so() {
        assertThat(stop(ONE.backoff(failures -> null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the back-off's delay must not be null");
    }

    @Test
    void a_backoff_that_throws_stops_the_client_with_what_it_threw() {
        Error thrown = new StackOverflowError("deep");
        assertThat(stop(ONE.backoff(failures -> {
                    throw thrown;
                })))
                .isSameAs(thrown);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 10", "11, 1", "2147483647, 7"})
    void the_longest_timeout_does_not_overflow(int failures, int times) {
        assertThat(delay(ONE.retryDelay(LONGEST), failures)).isEqualTo(LONGEST.multipliedBy(times));
    }

    @Test
    void a_wait_too_long_to_be_counted_is_292_years_once_jitter_is_drawn() {
        assertThat(jittered(ONE.retryDelay(LONGEST).jitter(0.2), 0, 10)).isEqualTo(LONGEST);
        assertThat(jittered(ONE.retryDelay(LONGEST).jitter(0.5), 1, 10).toDays())
                .isEqualTo(LONGEST.dividedBy(2).toDays());
    }

    @Test
    void the_longest_duration_there_is_can_be_waited_for() {
        Duration extreme = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        assertThat(delay(ONE.backoff(failures -> extreme), 1)).isEqualTo(extreme);
        assertThat(ReconnectPolicy.nanos(extreme)).isEqualTo(Long.MAX_VALUE);
        assertThat(jittered(ONE.backoff(failures -> extreme).jitter(0.2), 0, 1)).isEqualTo(LONGEST);
    }

    private static Duration jittered(ClientOptions options, double chance, int failures) {
        Decision next = new ReconnectPolicy(options, () -> chance)
                .after(new State(0, failures, failures - 1, 0), ScriptedResult.REFUSED.result());
        return ((Decision.Retry) next).delay();
    }

    private static Throwable stop(ClientOptions options) {
        return ((Decision.Stop) after(options, State.START, ScriptedResult.REFUSED)).cause();
    }
}
