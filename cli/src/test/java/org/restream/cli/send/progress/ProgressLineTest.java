package org.restream.cli.send.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.cli.send.progress.Progress.Look;
import org.restream.cli.send.progress.Progress.Next;

class ProgressLineTest {
    private static final long MIB = 1024 * 1024;
    private static final long SECOND = 1_000_000_000L;

    private final ProgressLine plain = new ProgressLine(false);

    @Test
    void bytes_rate_and_time_left_where_the_size_is_known() {
        assertThat(plain.text(sent(50 * MIB, 200 * MIB), 0, 10 * MIB, 80))
                .isEqualTo("[=====>                  ]  25%  50.0 MiB of 200.0 MiB  10.0 MiB/s  0:15 left");
    }

    @Test
    void without_a_size_there_is_no_bar() {
        assertThat(plain.text(sent(50 * MIB, -1), 0, 10 * MIB, 80)).isEqualTo("50.0 MiB  10.0 MiB/s");
    }

    @Test
    void a_rate_not_known_yet_is_not_guessed() {
        assertThat(plain.text(sent(0, 0), 0, -1, 80)).endsWith("] 100%  0 B of 0 B");
    }

    @Test
    void what_has_come_back_and_the_files_that_are_done_are_counted() {
        assertThat(plain.text(new Look(10, 10, 2048, 1, 3, null, false, false), 0, -1, 80))
                .endsWith("] 100%  10 B of 10 B  2.0 KiB back  1/3");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "1, 1 s", "999999999, 1 s", "1000000000, 1 s", "1000000001, 2 s", "-5, 0 s"})
    void the_countdown_says_zero_only_at_the_end(long left, String said) {
        Next next = new Next("b:9967", 4, "Connection refused", "Connection refused", 7 * SECOND + left);

        assertThat(plain.text(new Look(0, 10, 0, 0, 1, next, true, false), 7 * SECOND, -1, 80))
                .isEqualTo("next attempt at b:9967 in " + said + " (attempt 4): Connection refused");
    }

    @Test
    void where_nothing_moves_it_says_that_the_server_has_not_answered() {
        Look look = new Look(50 * MIB, 50 * MIB, 0, 0, 1, null, false, true);
        assertThat(plain.text(look, 0, 0, 90)).endsWith("] 100%  50.0 MiB of 50.0 MiB  waiting for the answer");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            110 | next attempt at backup-a:9967 in 7 s (attempt 4): can't connect to backup-b:9967: Connection refused
            92  | can't connect to backup-b:9967: Connection refused; next attempt at backup-a:9967 in 7 s
            65  | can't connect to backup-b:9967: Connection refused; in 7 s
            40  | Connection refused; in 7 s
            24  | Connection refused
            13  | Connection
            """)
    void where_there_is_no_room_the_reason_is_kept(int width, String said) {
        Next next = new Next(
                "backup-a:9967",
                4,
                "can't connect to backup-b:9967: Connection refused",
                "Connection refused",
                7 * SECOND);

        assertThat(plain.text(new Look(0, 10, 0, 0, 1, next, true, false), 0, -1, width))
                .isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            80 | connecting to a:9967 (attempt 4): can't connect to a:9967: Connection refused
            72 | can't connect to a:9967: Connection refused; connecting to a:9967
            60 | can't connect to a:9967: Connection refused; connecting
            40 | Connection refused; connecting
            """)
    void also_while_it_connects(int width, String said) {
        Next next = new Next("a:9967", 4, "can't connect to a:9967: Connection refused", "Connection refused", 0);

        assertThat(plain.text(new Look(0, 10, 0, 0, 1, next, false, false), 0, -1, width))
                .isEqualTo(said);
    }

    @Test
    void an_attempt_says_where() {
        Next next = new Next("b:9967", 1, null, null, 0);

        assertThat(plain.text(new Look(0, 10, 0, 0, 1, next, false, false), 0, -1, 80))
                .isEqualTo("connecting to b:9967");
    }

    @Test
    void what_a_peer_said_can_not_speak_to_the_terminal() {
        Next next = new Next("b:9967", 2, "\u001b]0;x\u0007\u202e", "", 0);

        assertThat(plain.text(new Look(0, 10, 0, 0, 1, next, false, false), 0, -1, 120))
                .endsWith(": \\u001b]0;x\\u0007\\u202e");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 20, 40, 60, 61, 62, 79, 80, 81, 200})
    void every_line_is_narrower_than_the_terminal(int width) {
        Next next = new Next("b:9967", 2, "界".repeat(300), "界".repeat(200), 0);

        assertThat(plain.text(sent(50 * MIB, 200 * MIB), 0, 10 * MIB, width)).hasSizeLessThan(width);
        assertThat(plain.text(new Look(0, 10, 0, 0, 1, next, false, false), 0, -1, width))
                .satisfies(line -> assertThat(
                                line.codePoints().map(c -> c == '界' ? 2 : 1).sum())
                        .isLessThan(width));
    }

    @Test
    void color_changes_no_text() {
        Look look = sent(50 * MIB, 200 * MIB);

        String colored = new ProgressLine(true).text(look, 0, 10 * MIB, 80);

        assertThat(colored).contains("\u001b[32m", "\u001b[0m");
        assertThat(colored.replaceAll("\u001b\\[[0-9]*m", "")).isEqualTo(plain.text(look, 0, 10 * MIB, 80));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1048524, 1023.9 KiB",
        "1048525, 1.0 MiB",
        "9223372036854775807, 8.0 EiB"
    })
    void sizes_have_their_unit(long bytes, String text) {
        assertThat(ProgressLine.bytes(bytes)).isEqualTo(text);
    }

    private static Look sent(long sent, long total) {
        return new Look(sent, total, 0, 0, 1, null, false, false);
    }
}
