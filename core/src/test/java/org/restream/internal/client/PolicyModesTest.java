package org.restream.internal.client;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.restream.Reconnect.ALWAYS;
import static org.restream.Reconnect.UNTIL_COMPLETE;
import static org.restream.Reconnect.UNTIL_CONNECTED;
import static org.restream.internal.client.PolicyTest.after;
import static org.restream.internal.client.PolicyTest.retry;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.restream.ClientOptions;
import org.restream.ConnectionLostException;
import org.restream.GaveUpException;
import org.restream.Reconnect;

/** When a client goes on, and when it stops. */
class PolicyModesTest {
    private static final ClientOptions TWO =
            ClientOptions.defaults().servers("a", "b:1").timeout(ofSeconds(1));

    @ParameterizedTest
    @EnumSource
    void connecting_is_repeated_in_every_mode(Reconnect mode) {
        assertThat(retry(TWO.reconnect(mode), Position.START, Results.REFUSED))
                .isEqualTo(new Next.Retry(new Position(1, 2, 1, 0), ofSeconds(1)));
    }

    @ParameterizedTest
    @EnumSource
    void a_bug_of_the_handler_ends_every_mode(Reconnect mode) {
        Next.Stop stop = (Next.Stop) after(TWO.reconnect(mode), Position.START, Results.BROKEN);
        assertThat(stop.cause()).isInstanceOf(IllegalStateException.class).hasMessage("a bug");
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_BEFORE_HEADER", "LOST_AFTER_HEADER"})
    void a_loss_ends_UNTIL_CONNECTED_with_the_loss(Results loss) {
        Next.Stop stop = (Next.Stop) after(TWO.reconnect(UNTIL_CONNECTED).maxFailures(1), Position.START, loss);
        assertThat(stop.cause()).isInstanceOf(ConnectionLostException.class).hasMessageStartingWith("lost ");
        assertThat(stop.failures()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_BEFORE_HEADER", "LOST_AFTER_HEADER"})
    void a_loss_is_repeated_in_the_other_modes(Results loss) {
        assertThat(after(TWO.reconnect(UNTIL_COMPLETE), Position.START, loss)).isInstanceOf(Next.Retry.class);
        assertThat(after(TWO.reconnect(ALWAYS), Position.START, loss)).isInstanceOf(Next.Retry.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "COMPLETED_EMPTY"})
    void a_completed_exchange_ends_the_modes_that_end(Results completed) {
        assertThat(after(TWO.reconnect(UNTIL_COMPLETE), Position.START, completed))
                .isEqualTo(new Next.Done());
        assertThat(after(TWO.reconnect(UNTIL_CONNECTED), Position.START, completed))
                .isEqualTo(new Next.Done());
    }

    @Test
    void ALWAYS_comes_back_to_the_same_server_at_once_after_a_header() {
        assertThat(retry(TWO.reconnect(ALWAYS), new Position(1, 4, 3, 0), Results.COMPLETED))
                .isEqualTo(new Next.Retry(new Position(1, 5, 0, 0), Duration.ZERO));
    }

    @Test
    void ALWAYS_comes_back_to_the_same_server_after_one_timeout_if_the_answer_was_empty() {
        assertThat(retry(TWO.reconnect(ALWAYS), new Position(1, 4, 3, 0), Results.COMPLETED_EMPTY))
                .isEqualTo(new Next.Retry(new Position(1, 5, 0, 0), ofSeconds(1)));
    }

    @Test
    void a_completed_exchange_begins_a_new_pass_of_fastFailover() {
        ClientOptions fast = TWO.reconnect(ALWAYS).fastFailover(true);
        Position b = retry(fast, Position.START, Results.REFUSED).position();
        Position again = retry(fast, b, Results.COMPLETED).position();
        assertThat(retry(fast, again, Results.REFUSED).delay()).isEqualTo(Duration.ZERO);
    }

    @Test
    void it_gives_up_after_exactly_maxFailures() {
        ClientOptions three = TWO.maxFailures(3);
        assertThat(after(three, new Position(1, 2, 1, 0), Results.REFUSED)).isInstanceOf(Next.Retry.class);
        Next.Stop stop = (Next.Stop) after(three, new Position(0, 3, 2, 0), Results.REFUSED);
        assertThat(stop.failures()).isEqualTo(3);
        assertThat(stop.cause())
                .isInstanceOf(GaveUpException.class)
                .hasMessage("gave up after 3 failed attempts in a row; servers [a:9967, b:1]; the last one, at a:9967: "
                        + "Connection refused")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void a_maxFailures_of_1_means_one_attempt() {
        Next.Stop stop = (Next.Stop) after(TWO.maxFailures(1), Position.START, Results.UNKNOWN_HOST);
        assertThat(stop.cause()).hasMessageStartingWith("gave up after 1 failed attempt in a row;");
    }

    @Test
    void maxFailures_counts_in_a_row_and_a_header_breaks_the_row() {
        assertThat(after(TWO.maxFailures(3), new Position(0, 9, 2, 0), Results.LOST_AFTER_HEADER))
                .isInstanceOf(Next.Retry.class);
    }

    @Test
    void maxFailures_is_not_touched_by_resetTimeout() {
        ClientOptions options = TWO.resetTimeout(2).maxFailures(5);
        assertThat(after(options, new Position(0, 4, 3, 0), Results.REFUSED)).isInstanceOf(Next.Retry.class);
        assertThat(after(options, new Position(0, 5, 4, 0), Results.REFUSED)).isInstanceOf(Next.Stop.class);
    }
}
