package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.restream.Outgoing;
import org.restream.internal.concurrent.OwnThread;
import org.restream.internal.link.Link;

/** {@code close()} rejects further writes. The message ends only if the handler goes on. */
class CloseTest extends EachWire {
    private static Thread inAnotherThread(Trial.Handler handler, CompletableFuture<Void> done, Outgoing out) {
        Thread thread = new Thread(() -> {
            try {
                handler.handle(null, out);
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void a_handler_that_throws_out_of_a_try_with_resources_resets() throws Exception {
        IllegalStateException bug = new IllegalStateException("the database has gone");
        try (Trial trial = trial((in, out) -> {
            try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
                writer.write("half");
                writer.flush();
                throw bug;
            }
        })) {
            assertThat(trial.outcome().cause()).isSameAs(bug);
            trial.assertReset();
        }
    }

    @Test
    void the_end_goes_out_when_the_handler_returns() throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
                zip.write(1);
            }
            closed.complete(null);
            Trial.get(go);
        })) {
            Trial.get(closed);
            assertThat(trial.peer.hear(4)).isEqualTo("{}\n\n");
            assertThat(trial.link.isFinished()).isFalse();
            go.complete(null);
            assertThat(new GZIPInputStream(
                                    new ByteArrayInputStream(trial.peer.finish().hearAllBytes()))
                            .readAllBytes())
                    .containsExactly(1);

            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void it_goes_out_before_the_same_thread_waits_for_the_peer() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
                writer.write("whole");
            }
            answer.complete(in.readText());
        })) {
            assertThat(trial.peer.hearAll()).isEqualTo("{}\n\nwhole");
            trial.peer.say("{}\n\nthanks").finish();

            assertThat(Trial.get(answer)).isEqualTo("thanks");
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void so_it_does_where_the_header_is_waited_for() throws Exception {
        try (Trial trial = trial((in, out) -> {
            out.close();
            in.header();
        })) {
            assertThat(trial.peer.hearAll()).isEqualTo("{}\n\n");
            trial.peer.say("{}\n\n").finish();
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void what_another_thread_has_closed_is_ended_by_the_handlers_return() throws Exception {
        try (Trial trial = trial((in, out) -> {
            FutureTask<Void> task = new FutureTask<>(() -> {
                try (out) {
                    out.write("whole");
                }
                return null;
            });
            new Thread(task).start();
            task.get();
        })) {
            assertThat(trial.peer.finish().hearAll()).isEqualTo("{}\n\nwhole");
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void what_another_thread_has_closed_may_be_half_so_a_read_does_not_end_it_but_says_so() throws Exception {
        try (Trial trial = trial((in, out) -> {
            CompletableFuture<Void> done = new CompletableFuture<>();
            inAnotherThread(
                            (none, same) -> {
                                try (same) {
                                    same.write("half");
                                    throw new IOException("the database has gone");
                                }
                            },
                            done,
                            out)
                    .join();
            in.readText();
        })) {
            Outcome outcome = trial.outcome();

            assertThat(outcome.reason().isOurs()).isTrue();
            assertThat(outcome.cause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("another thread has closed this exchange's Outgoing without ending it");
            assertThatThrownBy(trial.peer::hearAll).hasMessageStartingWith(wire.reset);
        }
    }

    /** The thread that discards the rest may read before the handler's thread has come to the end. */
    @Test
    void when_the_handler_has_returned_a_second_thread_may_read_before_the_end_is_out() throws Exception {
        Link link = wire.ends(Trial.ROOMY).of(ExchangeConfig.Side.CLIENT);
        ExchangeState state = new ExchangeState(link, new OwnThread());
        OutgoingStream out = new OutgoingStream(new OutgoingMessage(link, state), state);
        out.write("all");
        out.close();
        state.progress.handlerReturned = true;

        CompletableFuture.runAsync(out::beforeWait).join();

        assertThat(state.isOpen()).isTrue();
        out.handlerReturned();
        assertThat(out.isOver()).isTrue();
        assertThat(state.failed()).isNull();
    }

    @Test
    void when_the_handler_has_returned_another_thread_may_close_while_a_second_one_reads() throws Exception {
        Link link = wire.ends(Trial.ROOMY).of(ExchangeConfig.Side.CLIENT);
        ExchangeState state = new ExchangeState(link, new OwnThread());
        OutgoingStream out = new OutgoingStream(new OutgoingMessage(link, state), state);
        state.progress.handlerReturned = true;
        state.progress.waiting = new Thread();

        out.close();

        assertThat(state.isOpen()).isTrue();
    }

    @Test
    void what_another_thread_closes_while_the_handler_waits_is_told_at_once() throws Exception {
        try (Trial trial = trial((in, out) -> {
            in.header();
            out.header("a", 1);
            out.flush();
            in.readText();
        })) {
            trial.peer.say("{}\n\n");
            trial.peer.hear(9);
            trial.link.awaitReader();
            trial.exchange.outgoing().close();
            Outcome outcome = trial.outcome();

            assertThat(outcome.reason().isOurs()).isTrue();
            assertThat(outcome.cause()).hasMessageStartingWith("another thread has closed");
        }
    }

    @Test
    void after_it_nothing_is_written_but_the_end() throws Exception {
        try (Trial trial = trial((in, out) -> {
            out.write("a");
            out.close();
            out.close();
            assertThatThrownBy(() -> out.write("b"))
                    .hasMessage("the stream is closed: nothing can be written after close()");
            out.flush();
            out.end();
            out.close();
        })) {
            assertThat(trial.peer.finish().hearAll()).isEqualTo("{}\n\na");
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void with_keep_open_the_end_is_still_the_users_to_call() throws Exception {
        CompletableFuture<Outgoing> kept = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            out.write("kept");
            out.keepOpen().close();
            in.header();
            kept.complete(out);
        })) {
            trial.peer.say("{}\n\n");
            Outgoing out = Trial.get(kept);
            assertThat(trial.peer.hear(8)).isEqualTo("{}\n\nkept");
            assertThat(trial.link.isFinished()).isFalse();
            out.end();
            assertThat(trial.peer.finish().hearAll()).isEmpty();
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void with_listeners_too() throws Exception {
        CompletableFuture<Outgoing> closed = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> in.onEnd(() -> {
            try (out) {
                out.write("answer");
            }
            closed.complete(out);
        }))) {
            trial.peer.say("{}\n\n").finish();
            Outgoing out = Trial.get(closed);
            assertThat(trial.link.isFinished()).isFalse();
            out.end();
            assertThat(trial.peer.hearAll()).isEqualTo("{}\n\nanswer");
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void half_a_character_is_told_by_close_and_by_the_return() throws Exception {
        try (Trial trial = trial((in, out) -> {
            out.write("\ud83d");
            assertThatThrownBy(out::close).isInstanceOf(CharacterCodingException.class);
        })) {
            Outcome outcome = trial.outcome();

            assertThat(outcome.reason().isOurs()).isTrue();
            assertThat(outcome.cause()).isInstanceOf(CharacterCodingException.class);
            assertThat(trial.link.isAborted()).isTrue();
        }
    }
}
