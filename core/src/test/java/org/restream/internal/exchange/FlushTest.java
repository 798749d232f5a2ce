package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.restream.Outgoing;
import org.restream.internal.concurrent.Threads;

/** When the buffer is sent without a flush. */
class FlushTest extends EachWire {
    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_read_that_waits_sends_first_what_was_written() throws Exception {
        try (Trial trial = trial((in, out) -> {
            out.write("question");
            assertThat(in.read()).isEqualTo('a');
            out.write("thanks");
            assertThat(in.readText()).isEqualTo("nswer");
        })) {
            assertThat(trial.peer.hear(12)).isEqualTo("{}\n\nquestion");
            trial.peer.say("{}\n\na");
            assertThat(trial.peer.hear(6)).isEqualTo("thanks");
            trial.peer.say("nswer").finish();
            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @Test
    void waiting_for_the_header_sends_first_too() throws Exception {
        try (Trial trial = trial((in, out) -> {
            out.header("a", 1);
            in.header();
        })) {
            assertThat(trial.peer.hear(9)).isEqualTo("{\"a\":1}\n\n");
            trial.peer.finish();
            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @Test
    void a_read_that_waits_sends_no_header_that_nobody_has_touched() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (Trial trial = trial((in, out) -> {
            assertThat(in.header()).containsEntry("name", "alice");
            read.countDown();
            out.header("hello", in.header().getString("name"));
        })) {
            trial.link.awaitReader();
            assertThat(trial.link.writes()).isEmpty();
            trial.peer.say("{\"name\":\"alice\"}\n\n").finish();
            await(read);
            assertThat(trial.peer.hearAll()).isEqualTo("{\"hello\":\"alice\"}\n\n");
        }
    }

    @Test
    void a_header_that_a_read_has_sent_can_not_be_added_to() throws Exception {
        try (Trial trial = trial((in, out) -> {
            out.header("a", 1);
            in.read();
            assertThatIllegalStateException().isThrownBy(() -> out.header("b", 2));
        })) {
            trial.peer.finish();
            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @Test
    void a_read_that_need_not_wait_sends_nothing() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Trial trial = trial((in, out) -> {
            await(go);
            in.header();
            out.header("a", 1);
            in.read();
            out.header("b", 2);
        })) {
            trial.peer.say("{}\n\nx").finish();
            go.countDown();
            assertThat(trial.peer.hearAll()).isEqualTo("{\"a\":1,\"b\":2}\n\n");
        }
    }

    @Test
    void the_handlers_return_sends_what_it_wrote_where_somebody_else_ends_it() throws Exception {
        CompletableFuture<Outgoing> kept = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            out.write("first");
            kept.complete(out.keepOpen());
        })) {
            assertThat(trial.peer.hear(9)).isEqualTo("{}\n\nfirst");
            Trial.get(kept).end();
            assertThat(trial.peer.finish().hearAll()).isEmpty();
            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @Test
    void nothing_said_is_nothing_sent_when_somebody_else_ends_it() throws Exception {
        CompletableFuture<Outgoing> kept = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> kept.complete(out.keepOpen()))) {
            Trial.get(kept).header("later", 1).end();
            assertThat(trial.peer.finish().hearAll()).isEqualTo("{\"later\":1}\n\n");
        }
    }

    @Test
    void what_a_listener_wrote_goes_out_after_it() throws Exception {
        try (Trial trial = trial((in, out) -> in.onHeader(header -> out.header("ok", true))
                .onText(text -> {
                    out.write("[");
                    out.write(text);
                    out.write("]");
                })
                .onEnd(out::end))) {
            trial.peer.say("{}\n\n");
            assertThat(trial.peer.hear(13)).isEqualTo("{\"ok\":true}\n\n");
            trial.peer.say("one");
            assertThat(trial.peer.hear(5)).isEqualTo("[one]");
            trial.peer.finish();
            assertThat(trial.peer.hearAll()).isEmpty();
            assertThat(trial.outcome().cause()).isNull();
            assertThat(trial.link.writes()).containsExactly(13, 5);
        }
    }

    @Test
    void a_read_does_not_send_what_only_another_thread_has_said() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        try (Trial trial = trial((in, out) -> {
            Thread writer = Threads.start("writer", () -> {
                try {
                    out.write("half");
                    written.countDown();
                    await(finish);
                    out.write("whole");
                    out.flush();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            await(written);
            in.read();
            writer.join();
        })) {
            await(written);
            trial.link.awaitReader();
            assertThat(trial.link.writes()).isEmpty();
            finish.countDown();
            assertThat(trial.peer.hear(13)).isEqualTo("{}\n\nhalfwhole");
            trial.peer.finish();
            assertThat(trial.outcome().cause()).isNull();
            assertThat(trial.link.writes()).containsExactly(13);
        }
    }

    @Test
    void a_read_sends_what_its_thread_has_said_though_another_has_written_since() throws Exception {
        try (Trial trial = trial((in, out) -> {
            out.write("question");
            Thread other = Threads.start("other", () -> {
                try {
                    out.write(" and more");
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            other.join();
            in.read();
        })) {
            assertThat(trial.peer.hear(12)).isEqualTo("{}\n\nquestion");
            trial.link.awaitReader();
            assertThat(trial.link.writes()).containsExactly(12);
            trial.peer.finish();
            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @Test
    void a_read_does_not_wait_to_send_what_another_thread_has_written_after_its_header() throws Exception {
        try (Trial trial = trial(100, terms -> terms, (in, out) -> {
            out.header("a", 1);
            Thread other = Threads.start("other", () -> {
                try {
                    out.write(new byte[5_000]);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            other.join();
            assertThat(in.readText()).isEqualTo("read meanwhile");
        })) {
            trial.link.awaitReader();
            assertThat(trial.link.writes()).isEmpty();
            trial.peer.say("{}\n\nread meanwhile").finish();
            assertThat(trial.peer.hearAllBytes()).hasSize(9 + 5_000);
            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @Test
    void a_read_does_not_wait_for_a_write_that_waits() throws Exception {
        try (Trial trial = trial(1_000, terms -> terms, (in, out) -> {
            out.header("a", 1);
            Thread writer = Threads.start("writer", () -> {
                try {
                    out.end(new byte[100_000]);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            in.header();
            assertThat(in.readText()).isEqualTo("read meanwhile");
            writer.join();
        })) {
            trial.link.awaitBlockedWriter();
            trial.peer.say("{}\n\nread meanwhile").finish();
            assertThat(trial.peer.hearAllBytes()).hasSize(9 + 100_000);
            assertThat(trial.outcome().cause()).isNull();
        }
    }
}
