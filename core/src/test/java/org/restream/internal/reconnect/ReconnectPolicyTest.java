package org.restream.internal.reconnect;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.restream.internal.reconnect.ScriptedResult.COMPLETED;
import static org.restream.internal.reconnect.ScriptedResult.LOST_AFTER_HEADER;
import static org.restream.internal.reconnect.ScriptedResult.LOST_BEFORE_HEADER;
import static org.restream.internal.reconnect.ScriptedResult.REFUSED;
import static org.restream.internal.reconnect.ScriptedResult.UNKNOWN_HOST;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.restream.ClientOptions;
import org.restream.internal.reconnect.ReconnectPolicy.Decision;
import org.restream.internal.reconnect.ReconnectPolicy.State;

class ReconnectPolicyTest {
    private static final ClientOptions TWO =
            ClientOptions.defaults().servers("a", "b").retryDelay(ofMillis(200)).resetTimeout(3);

    @ParameterizedTest
    @CsvSource({"1, 30", "2, 60", "3, 90", "9, 270", "10, 300", "11, 30", "12, 60", "20, 300", "21, 30"})
    void the_wait_is_the_timeout_times_the_failures_and_starts_again_after_resetTimeout(int failures, int seconds) {
        assertThat(delay(ClientOptions.defaults(), failures)).isEqualTo(ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "2, 200", "3, 200", "100, 200"})
    void a_resetTimeout_of_1_makes_every_wait_the_same(int failures, int millis) {
        assertThat(delay(TWO.resetTimeout(1), failures)).isEqualTo(ofMillis(millis));
    }

    @Test
    void a_timeout_of_0_never_waits() {
        assertThat(IntStream.range(1, 30).mapToObj(i -> delay(TWO.retryDelay(Duration.ZERO), i)))
                .containsOnly(Duration.ZERO);
    }

    @Test
    void the_servers_come_in_turn_whatever_the_failure() {
        ClientOptions three = TWO.servers("a", "b", "c");
        List<Integer> servers = new ArrayList<>();
        State state = State.START;
        for (ScriptedResult result :
                List.of(REFUSED, LOST_AFTER_HEADER, UNKNOWN_HOST, LOST_BEFORE_HEADER, REFUSED, REFUSED)) {
            state = retry(three, state, result).state();
            servers.add(state.server());
        }
        assertThat(servers).containsExactly(1, 2, 0, 1, 2, 0);
        assertThat(state.attempt()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "UNKNOWN_HOST", "LOST_BEFORE_HEADER"})
    void a_connection_that_is_only_made_is_a_failure_like_one_that_is_not(ScriptedResult result) {
        Decision.Retry next = retry(TWO, new State(0, 5, 1, 0), result);
        assertThat(next.state()).isEqualTo(new State(1, 6, 2, 0));
        assertThat(next.delay()).isEqualTo(ofMillis(400));
    }

    @Test
    void a_loss_after_the_header_is_failure_1() {
        Decision.Retry next = retry(TWO, new State(1, 9, 8, 0), LOST_AFTER_HEADER);
        assertThat(next.state()).isEqualTo(new State(0, 10, 1, 0));
        assertThat(next.delay()).isEqualTo(ofMillis(200));
    }

    @Test
    void a_completed_exchange_ends_the_client() {
        assertThat(after(TWO, new State(1, 9, 8, 0), COMPLETED)).isEqualTo(new Decision.Done());
    }

    @Test
    void the_count_starts_again_after_the_largest_number() {
        Decision.Retry next = retry(TWO, new State(0, 5_000_000_000L, Integer.MAX_VALUE, 0), REFUSED);
        assertThat(next.state()).isEqualTo(new State(1, 5_000_000_001L, 1, 0));
        assertThat(next.delay()).isEqualTo(ofMillis(200));
    }

    @Test
    void fastFailover_waits_after_a_whole_pass_only() {
        assertThat(waits(TWO.fastFailover(true).resetTimeout(10), REFUSED, 6)).containsExactly(0, 400, 0, 800, 0, 1200);
        assertThat(waits(TWO.fastFailover(true).servers("a", "b", "c"), REFUSED, 6))
                .containsExactly(0, 0, 600, 0, 0, 600);
    }

    @Test
    void fastFailover_does_nothing_with_one_server() {
        assertThat(waits(TWO.servers("a").fastFailover(true), REFUSED, 4)).containsExactly(200, 400, 600, 200);
    }

    @Test
    void fastFailover_waits_after_a_pass_also_where_each_server_sends_its_header_and_then_loses() {
        assertThat(waits(TWO.fastFailover(true), LOST_AFTER_HEADER, 6)).containsExactly(0, 200, 0, 200, 0, 200);
    }

    static Decision after(ClientOptions options, State state, ScriptedResult result) {
        return new ReconnectPolicy(options, () -> 0).after(state, result.result());
    }

    static Decision.Retry retry(ClientOptions options, State state, ScriptedResult result) {
        return (Decision.Retry) after(options, state, result);
    }

    /** The wait after this many failures. */
    static Duration delay(ClientOptions options, int failures) {
        return retry(options, new State(0, 1, failures - 1, 0), REFUSED).delay();
    }

    private static List<Integer> waits(ClientOptions options, ScriptedResult result, int count) {
        List<Integer> waits = new ArrayList<>();
        State state = State.START;
        for (int i = 0; i < count; i++) {
            Decision.Retry next = retry(options, state, result);
            waits.add((int) next.delay().toMillis());
            state = next.state();
        }
        return waits;
    }
}
