package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent.Away;
import org.restream.ClientEvent.Connected;
import org.restream.ClientEvent.Resumed;
import org.restream.ServerAddress;

/** When to inform the user that only the server's answer is missing. */
class AnswerWaitTest {
    private static final Connected A = new Connected(new ServerAddress("a", 9967), 1);
    private static final Connected B = new Connected(new ServerAddress("b", 9967), 2);

    private final AnswerWait wait = new AnswerWait(Duration.ofNanos(5));

    @Test
    void not_before_there_is_a_connection() {
        assertThat(wait.look(0, true, 100)).isNull();
    }

    @Test
    void when_nothing_has_moved_for_so_long_and_once_for_a_connection() {
        wait.heard(A, 100);
        assertThat(wait.look(7, true, 101)).isNull();
        assertThat(wait.look(7, true, 105)).isNull();
        assertThat(wait.look(7, true, 106)).isEqualTo(A);
        wait.told();
        assertThat(wait.look(7, true, 200)).isNull();
        wait.heard(B, 300);
        assertThat(wait.look(7, true, 304)).isNull();
        assertThat(wait.look(7, true, 308)).isNull();
        assertThat(wait.look(7, true, 309)).isEqualTo(B);
    }

    @Test
    void also_for_a_body_of_no_bytes() {
        wait.heard(A, 100);
        assertThat(wait.look(0, true, 105)).isEqualTo(A);
    }

    @Test
    void as_long_as_it_is_not_told_it_stays_true() {
        wait.heard(A, 100);
        assertThat(wait.look(0, true, 105)).isEqualTo(A);
        assertThat(wait.look(0, true, 106)).isEqualTo(A);
    }

    @Test
    void not_while_bytes_move() {
        wait.heard(A, 100);
        for (int i = 0; i < 100; i++) {
            assertThat(wait.look(i, true, 100 + 4 * i)).isNull();
        }
    }

    @Test
    void not_while_it_waits_for_what_is_to_be_sent() {
        wait.heard(A, 100);
        assertThat(wait.look(3, false, 110)).isNull();
        assertThat(wait.look(3, true, 111)).isNull();
        assertThat(wait.look(3, true, 114)).isNull();
        assertThat(wait.look(3, true, 115)).isEqualTo(A);
    }

    @Test
    void not_once_the_answer_has_begun_or_the_connection_is_lost() {
        wait.heard(A, 100);
        wait.over();
        assertThat(wait.look(3, true, 200)).isNull();
    }

    @Test
    void not_while_a_session_has_no_connection() {
        wait.heard(A, 100);
        wait.heard(new Away(A.server(), "abcd", new IOException("reset")), 103);
        assertThat(wait.look(3, true, 200)).isNull();
        wait.heard(new Resumed(B.server(), "abcd", 2, Duration.ofNanos(100)), 203);
        assertThat(wait.look(3, true, 207)).isNull();
        assertThat(wait.look(3, true, 208)).isEqualTo(new Connected(B.server(), A.attempt()));
    }

    @Test
    void not_after_a_return_if_the_answer_had_begun() {
        wait.heard(A, 100);
        wait.over();
        wait.heard(new Away(A.server(), "abcd", new IOException("reset")), 103);
        wait.heard(new Resumed(A.server(), "abcd", 2, Duration.ofNanos(100)), 203);
        assertThat(wait.look(3, true, 300)).isNull();
    }
}
