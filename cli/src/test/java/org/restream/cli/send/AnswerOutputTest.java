package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.restream.cli.command.CommandException;

class AnswerOutputTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AnswerOutput output = new AnswerOutput(out, () -> {});
    private final AnswerOutput.Slot first = output.slot(0);
    private final AnswerOutput.Slot second = output.slot(1);

    @Test
    void answers_come_whole_and_in_the_order_of_the_files() throws Exception {
        first.write(new byte[] {'a'});
        second.write(new byte[] {'x'});
        first.write(new byte[] {'b'});
        assertThat(out).hasToString("ab");
        first.end();
        second.write(new byte[] {'y'});
        second.end();
        assertThat(out).hasToString("abxy");
    }

    @Test
    void a_large_answer_waits_for_its_turn() throws Exception {
        CompletableFuture<Void> waited = CompletableFuture.runAsync(() -> {
            try {
                second.write(new byte[70_000]);
                second.end();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        first.write(new byte[] {'a'});
        assertThat(waited).isNotDone();
        assertThat(out).hasToString("a");

        first.end();
        waited.get(30, TimeUnit.SECONDS);
        assertThat(out.size()).isEqualTo(70_001);
    }

    @Test
    void an_answer_that_failed_leaves_its_turn_and_what_was_kept_of_it() throws Exception {
        second.write(new byte[] {'x'});
        second.drop();
        first.end();
        AnswerOutput.Slot third = output.slot(2);
        third.write(new byte[] {'z'});
        third.end();
        assertThat(out).hasToString("z");
    }

    @Test
    void a_full_disk_is_a_trouble_of_this_side() {
        AnswerOutput full = new AnswerOutput(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                () -> {});
        assertThatThrownBy(() -> full.slot(0).write(new byte[1]))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("stdout");
    }
}
