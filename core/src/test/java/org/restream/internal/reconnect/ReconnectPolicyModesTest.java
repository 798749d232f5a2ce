package org.restream.internal.reconnect;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.restream.Reconnect.ALWAYS;
import static org.restream.Reconnect.UNTIL_COMPLETE;
import static org.restream.Reconnect.UNTIL_CONNECTED;
import static org.restream.internal.reconnect.ReconnectPolicyTest.after;
import static org.restream.internal.reconnect.ReconnectPolicyTest.retry;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.restream.ClientOptions;
import org.restream.ConnectionLostException;
import org.restream.GaveUpException;
import org.restream.Reconnect;
import org.restream.RefusedException;
import org.restream.internal.reconnect.ReconnectPolicy.Decision;
import org.restream.internal.reconnect.ReconnectPolicy.State;

/** When a client continues, and when it stops. */
class ReconnectPolicyModesTest {
    private static final ClientOptions TWO =
            ClientOptions.defaults().servers("a", "b:1").retryDelay(ofSeconds(1));

    @ParameterizedTest
    @EnumSource
    void connecting_is_repeated_in_every_mode(Reconnect mode) {
        assertThat(retry(TWO.reconnect(mode), State.START, ScriptedResult.REFUSED))
                .isEqualTo(new Decision.Retry(new State(1, 2, 1, 0), ofSeconds(1)));
    }

    @ParameterizedTest
    @EnumSource
    void a_bug_of_the_handler_ends_every_mode(Reconnect mode) {
        Decision.Stop stop = (Decision.Stop) after(TWO.reconnect(mode), State.START, ScriptedResult.BROKEN);
        assertThat(stop.cause()).isInstanceOf(IllegalStateException.class).hasMessage("a bug");
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_BEFORE_HEADER", "LOST_AFTER_HEADER"})
    void a_loss_ends_UNTIL_CONNECTED_with_the_loss(ScriptedResult loss) {
        Decision.Stop stop =
                (Decision.Stop) after(TWO.reconnect(UNTIL_CONNECTED).maxFailures(1), State.START, loss);
        assertThat(stop.cause()).isInstanceOf(ConnectionLostException.class).hasMessageStartingWith("lost ");
        assertThat(stop.failures()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_BEFORE_HEADER", "LOST_AFTER_HEADER"})
    void a_loss_is_repeated_in_the_other_modes(ScriptedResult loss) {
        assertThat(after(TWO.reconnect(UNTIL_COMPLETE), State.START, loss)).isInstanceOf(Decision.Retry.class);
        assertThat(after(TWO.reconnect(ALWAYS), State.START, loss)).isInstanceOf(Decision.Retry.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "COMPLETED_EMPTY"})
    void a_completed_exchange_ends_the_modes_that_end(ScriptedResult completed) {
        assertThat(after(TWO.reconnect(UNTIL_COMPLETE), State.START, completed)).isEqualTo(new Decision.Done());
        assertThat(after(TWO.reconnect(UNTIL_CONNECTED), State.START, completed))
                .isEqualTo(new Decision.Done());
    }

    @Test
    void ALWAYS_comes_back_to_the_same_server_at_once_after_a_header() {
        assertThat(retry(TWO.reconnect(ALWAYS), new State(1, 4, 3, 0), ScriptedResult.COMPLETED))
                .isEqualTo(new Decision.Retry(new State(1, 5, 0, 0), Duration.ZERO));
    }

    @Test
    void ALWAYS_comes_back_to_the_same_server_after_one_timeout_if_the_answer_was_empty() {
        assertThat(retry(TWO.reconnect(ALWAYS), new State(1, 4, 3, 0), ScriptedResult.COMPLETED_EMPTY))
                .isEqualTo(new Decision.Retry(new State(1, 5, 0, 0), ofSeconds(1)));
    }

    @Test
    void a_completed_exchange_begins_a_new_pass_of_fastFailover() {
        ClientOptions fast = TWO.reconnect(ALWAYS).fastFailover(true);
        State b = retry(fast, State.START, ScriptedResult.REFUSED).state();
        State again = retry(fast, b, ScriptedResult.COMPLETED).state();
        assertThat(retry(fast, again, ScriptedResult.REFUSED).delay()).isEqualTo(Duration.ZERO);
    }

    @Test
    void it_gives_up_after_exactly_maxFailures() {
        ClientOptions three = TWO.maxFailures(3);
        assertThat(after(three, new State(1, 2, 1, 0), ScriptedResult.REFUSED)).isInstanceOf(Decision.Retry.class);
        Decision.Stop stop = (Decision.Stop) after(three, new State(0, 3, 2, 0), ScriptedResult.REFUSED);
        assertThat(stop.failures()).isEqualTo(3);
        assertThat(stop.cause())
                .isInstanceOf(GaveUpException.class)
                .hasMessage("gave up after 3 failed attempts in a row; servers [a:9967, b:1]; the last one, at a:9967: "
                        + "Connection refused")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void a_maxFailures_of_1_means_one_attempt() {
        Decision.Stop stop = (Decision.Stop) after(TWO.maxFailures(1), State.START, ScriptedResult.UNKNOWN_HOST);
        assertThat(stop.cause()).hasMessageStartingWith("gave up after 1 failed attempt in a row;");
    }

    @Test
    void maxFailures_counts_in_a_row_and_a_header_breaks_the_row() {
        assertThat(after(TWO.maxFailures(3), new State(0, 9, 2, 0), ScriptedResult.LOST_AFTER_HEADER))
                .isInstanceOf(Decision.Retry.class);
    }

    @Test
    void maxFailures_is_not_touched_by_resetTimeout() {
        ClientOptions options = TWO.resetTimeout(2).maxFailures(5);
        assertThat(after(options, new State(0, 4, 3, 0), ScriptedResult.REFUSED))
                .isInstanceOf(Decision.Retry.class);
        assertThat(after(options, new State(0, 5, 4, 0), ScriptedResult.REFUSED))
                .isInstanceOf(Decision.Stop.class);
    }

    @Test
    void a_refusal_for_now_is_followed_by_the_next_server_after_the_time_that_was_named() {
        assertThat(retry(TWO, new State(0, 1, 4, 0), ScriptedResult.REFUSED_FOR_NOW))
                .isEqualTo(new Decision.Retry(new State(1, 2, 5, 0), Duration.ofMillis(70)));
        assertThat(after(TWO.reconnect(UNTIL_CONNECTED), State.START, ScriptedResult.REFUSED_FOR_NOW))
                .isInstanceOf(Decision.Stop.class);
        Decision.Stop enough =
                (Decision.Stop) after(TWO.maxFailures(2), new State(0, 2, 1, 0), ScriptedResult.REFUSED_FOR_NOW);
        assertThat(enough.cause()).isInstanceOf(GaveUpException.class).hasMessageContaining("disk full");
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_for_good_ends_every_mode(Reconnect mode) {
        Decision.Stop stop = (Decision.Stop) after(TWO.reconnect(mode), State.START, ScriptedResult.REFUSED_FOR_GOOD);
        assertThat(stop.cause()).isInstanceOf(RefusedException.class).hasMessage("refused by the server: disk full");
    }
}
