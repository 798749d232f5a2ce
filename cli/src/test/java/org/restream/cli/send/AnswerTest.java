package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;

/** What was written to stdout before a loss can't be undone. */
class AnswerTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Answer answer = new Answer(new AnswerOutput(out, () -> {}).slot(0));

    @Test
    void it_is_written_as_it_comes() throws Exception {
        answer.begin();
        write("one ");
        assertThat(out).hasToString("one ");
        write("two");
        answer.end();
        assertThat(out).hasToString("one two");
    }

    @Test
    void after_a_loss_the_same_beginning_is_not_written_again() throws Exception {
        answer.begin();
        write("one two");

        answer.begin();
        write("one");
        write(" two three");
        answer.end();

        assertThat(out).hasToString("one two three");
    }

    @Test
    void the_same_answer_once_more_adds_nothing() throws Exception {
        answer.begin();
        write("one two");

        answer.begin();
        write("one two");
        answer.end();

        assertThat(out).hasToString("one two");
    }

    @Test
    void another_answer_is_refused_before_a_byte_of_it_is_written() throws Exception {
        answer.begin();
        write("one two");

        answer.begin();
        write("one");
        assertThatThrownBy(() -> write(" TWO three"))
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.LOST))
                .hasMessageContaining("after 7 bytes of the answer had been written");
        assertThat(out).hasToString("one two");
    }

    @Test
    void a_shorter_answer_is_another_one() throws Exception {
        answer.begin();
        write("one two");

        answer.begin();
        write("one");
        assertThatThrownBy(answer::end)
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.LOST))
                .hasMessageContaining("has only 3 bytes");
    }

    @Test
    void cut_anywhere_and_as_often_as_you_like_it_is_whole_once() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] whole = new byte[random.nextInt(1, 300)];
            random.nextBytes(whole);
            ByteArrayOutputStream stdout = new ByteArrayOutputStream();
            Answer cut = new Answer(new AnswerOutput(stdout, () -> {}).slot(0));
            for (int loss = random.nextInt(5); loss > 0; loss--) {
                write(cut, whole, random.nextInt(whole.length + 1), random);
            }
            write(cut, whole, whole.length, random);
            cut.end();
            assertThat(stdout.toByteArray()).as("seed %d", seed).isEqualTo(whole);
        }
    }

    private static void write(Answer answer, byte[] whole, int length, SplittableRandom random) throws Exception {
        answer.begin();
        for (int at = 0; at < length; ) {
            int to = Math.min(length, at + random.nextInt(1, 40));
            answer.write(Arrays.copyOfRange(whole, at, to));
            at = to;
        }
    }

    private void write(String text) throws Exception {
        answer.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
