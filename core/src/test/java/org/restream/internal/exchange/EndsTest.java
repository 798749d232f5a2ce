package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.restream.ConnectionLostException;
import org.restream.HeaderTooLargeException;
import org.restream.Outgoing;

/** The ends of an exchange: clean, aborted, thrown, lost. */
class EndsTest extends EachWire {
    private final Calls calls = new Calls();

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_handler_that_throws_aborts_it() throws Exception {
        RuntimeException bug = new IllegalStateException("a bug");
        try (Trial trial = trial((in, out) -> {
            in.onError(error -> calls.add("error: " + error.getMessage()));
            out.write("half");
            throw bug;
        })) {
            Outcome outcome = trial.outcome();

            assertThat(outcome.reason().isOurs()).isTrue();
            assertThat(outcome.cause()).isSameAs(bug);
            trial.assertReset();
            calls.assertExactly("error: the exchange was aborted: java.lang.IllegalStateException: a bug");
        }
    }

    @Test
    void an_error_of_the_handler_does_so_too() throws Exception {
        try (Trial trial = trial((in, out) -> {
            throw new StackOverflowError();
        })) {
            assertThat(trial.outcome().cause()).isInstanceOf(StackOverflowError.class);
            trial.assertReset();
        }
    }

    @Test
    void a_listener_that_throws_aborts_it_and_no_other_is_called_but_for_the_error() throws Exception {
        Exception bug = new Exception("a bug");
        try (Trial trial = trial((in, out) -> {
            in.onHeader(header -> {
                throw bug;
            });
            in.onData(data -> calls.add("data")).onEnd(() -> calls.add("end")).onError(error -> calls.add("error"));
            out.end();
        })) {
            trial.peer.saySoon("{}\n\nbody".getBytes(StandardCharsets.US_ASCII));
            Outcome outcome = trial.outcome();

            assertThat(outcome.reason().isOurs()).isTrue();
            assertThat(outcome.cause()).isSameAs(bug);
            assertThat(trial.link.isAborted()).isTrue();
            calls.assertExactly("error");
        }
    }

    @Test
    void so_does_an_end_listener_that_throws_and_it_is_the_last_that_is_called() throws Exception {
        Exception bug = new Exception("a bug");
        try (Trial trial = trial((in, out) -> {
            in.onEnd(() -> {
                throw bug;
            });
            in.onError(error -> calls.add("error"));
            out.end();
        })) {
            trial.peer.finish();

            assertThat(trial.outcome().cause()).isSameAs(bug);
            calls.assertExactly();
        }
    }

    @Test
    void an_error_listener_that_throws_adds_to_it() throws Exception {
        Exception bug = new Exception("a bug");
        Exception another = new Exception("another");
        try (Trial trial = trial((in, out) -> {
            in.onError(error -> {
                calls.add("error");
                throw another;
            });
            throw bug;
        })) {
            assertThat(trial.outcome().cause()).isSameAs(bug).hasSuppressedException(another);
            calls.assertExactly("error");
        }
    }

    @Test
    void the_same_exception_from_listener_and_handler_is_one() throws Exception {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        Exception bug = new Exception("a bug");
        try (Trial trial = trial((in, out) -> {
            in.onData(data -> {
                failed.completeExceptionally(bug);
                throw bug;
            });
            try {
                Trial.get(failed);
            } catch (ExecutionException e) {
                throw (Exception) e.getCause();
            }
        })) {
            trial.startSecond();
            trial.peer.say("{}\n\nx");

            assertThat(trial.outcome().cause()).isSameAs(bug).hasNoSuppressedExceptions();
        }
    }

    @Test
    void what_the_handler_throws_after_a_loss_is_taken_for_its_consequence() throws Exception {
        try (Trial trial = trial((in, out) -> {
            try {
                in.read();
            } catch (ConnectionLostException e) {
                throw new IllegalStateException("because of that", e);
            }
        })) {
            trial.peer.cut();
            Outcome outcome = trial.outcome();

            assertThat(outcome.reason().isOurs()).isFalse();
            assertThat(outcome.cause())
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessageStartingWith("lost before the header, 0 body bytes sent: " + wire.reset)
                    .hasNoSuppressedExceptions();
        }
    }

    @Test
    void a_loss_that_the_handler_hides_is_a_loss() throws Exception {
        try (Trial trial = trial((in, out) -> {
            assertThatThrownBy(in::read).isInstanceOf(ConnectionLostException.class);
            assertThatThrownBy(in::read).isInstanceOf(ConnectionLostException.class);
            assertThatThrownBy(in::header).isInstanceOf(ConnectionLostException.class);
            assertThatThrownBy(() -> out.write("x")).isInstanceOf(ConnectionLostException.class);
            assertThatThrownBy(out::flush).isInstanceOf(ConnectionLostException.class);
            assertThatThrownBy(out::end).isInstanceOf(ConnectionLostException.class);
        })) {
            trial.peer.cut();
            assertThat(trial.outcome().reason().isOurs()).isFalse();
        }
    }

    @Test
    void a_failed_write_is_a_loss() throws Exception {
        notInSessions("there no write fails but by a cut, or by the session's end");
        CountDownLatch cut = new CountDownLatch(1);
        try (Trial trial = trial((in, out) -> {
            await(cut);
            out.write(new byte[100_000]);
        })) {
            trial.pipe().failWrites(new IOException("cable cut"));
            cut.countDown();
            Outcome outcome = trial.outcome();

            assertThat(outcome.reason().isOurs()).isFalse();
            assertThat(outcome.cause())
                    .hasMessageStartingWith("lost before the header, ")
                    .hasMessageEndingWith(" body bytes sent: cable cut");
        }
    }

    @Test
    void a_header_that_is_too_large_is_thrown_anew_each_time_so_that_a_try_block_can_suppress_one() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            try (out) {
                in.header();
            } catch (Throwable e) {
                thrown.complete(e);
            }
        })) {
            trial.peer.say("{" + "x".repeat(70_000));

            assertThat(Trial.get(thrown)).isInstanceOf(HeaderTooLargeException.class);
            assertThat(trial.outcome().cause()).isInstanceOf(HeaderTooLargeException.class);
        }
    }

    @Test
    void a_handler_that_returns_without_listeners_has_ended_its_message() throws Exception {
        try (Trial trial = trial((in, out) -> out.write("body"))) {
            assertThat(trial.peer.hearAll()).isEqualTo("{}\n\nbody");
            trial.peer.finish();
            assertThat(trial.outcome().reason()).isNull();
            assertThat(trial.link.isClosed()).isTrue();
            assertThat(trial.link.isAborted()).isFalse();
        }
    }

    @Test
    void with_listeners_it_has_not() throws Exception {
        try (Trial trial = trial((in, out) -> {
            in.onEnd(() -> calls.add("end"));
            out.write("body");
        })) {
            trial.peer.finish();
            calls.await("end");
            assertThat(trial.peer.hear(8)).isEqualTo("{}\n\nbody");
            assertThat(trial.isOver()).isFalse();
            trial.exchange.outgoing().end();

            assertThat(trial.peer.hearAll()).isEmpty();
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void a_kept_open_one_ends_later_from_another_thread() throws Exception {
        CompletableFuture<Outgoing> kept = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> kept.complete(out.keepOpen()))) {
            Trial.get(kept).write("tick");
            Trial.get(kept).flush();
            assertThat(trial.peer.hear(8)).isEqualTo("{}\n\ntick");
            assertThat(trial.isOver()).isFalse();
            Trial.get(kept).end("tock");

            assertThat(trial.peer.hearAll()).isEqualTo("tock");
            trial.peer.finish();
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void cancelling_from_outside_is_a_loss_wherever_it_waits() throws Exception {
        try (Trial trial = trial((in, out) -> {
            in.onError(error -> calls.add("error"));
            await(new CountDownLatch(1));
        })) {
            trial.timer.awaitScheduled(Trial.SECOND_THREAD);
            trial.exchange.cancel(Reason.CLOSED, "the server was closed");

            Outcome outcome = trial.outcome();
            assertThat(outcome.reason().isOurs()).isFalse();
            assertThat(outcome.cause()).hasMessageEndingWith("the server was closed");
            calls.assertExactly("error");
        }
    }

    @Test
    void the_reason_is_recorded_before_the_link_ends_in_its_own_way() throws Exception {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            try {
                in.header();
            } finally {
                heard.complete(null);
            }
        })) {
            trial.awaitHandlerWaits();
            trial.exchange.cancel(Reason.LIMIT, "late", () -> {
                trial.link.abort();
                heard.orTimeout(30, TimeUnit.SECONDS).join();
            });

            assertThat(trial.outcome().reason()).isEqualTo(Reason.LIMIT);
        }
    }

    @Test
    void closing_the_incoming_stream_drops_the_rest_and_completes() throws Exception {
        try (Trial trial = trial(100, terms -> terms, (in, out) -> {
            assertThat(in.read()).isEqualTo('b');
            in.close();
            assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessage("the stream is closed");
        })) {
            trial.peer.say("{}\n\nb").say(new byte[10_000]).finish();
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void text_that_ends_with_half_a_character_is_no_end_when_the_handler_returns() throws Exception {
        try (Trial trial = trial((in, out) -> out.write("\ud83d"))) {
            Outcome outcome = trial.outcome();

            assertThat(outcome.reason().isOurs()).isTrue();
            assertThat(outcome.cause()).hasMessageContaining("a surrogate without its other half, U+D83D");
            trial.assertReset();
        }
    }

    @Test
    void a_handler_that_returns_with_the_interrupt_flag_set_has_ended_its_message_all_the_same() throws Exception {
        try (Trial trial = trial((in, out) -> {
            in.readText();
            out.write("answer");
            Thread.currentThread().interrupt();
        })) {
            trial.peer.say("{}\n\n").finish();
            assertThat(trial.peer.hearAll()).isEqualTo("{}\n\nanswer");
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void so_has_one_whose_listeners_leave_it_set() throws Exception {
        try (Trial trial =
                trial((in, out) -> in.onHeader(header -> Thread.currentThread().interrupt())
                        .onData(data -> Thread.currentThread().interrupt())
                        .onEnd(() -> {
                            out.end("answer");
                            Thread.currentThread().interrupt();
                        }))) {
            trial.peer.say("{}\n\nbody").finish();
            assertThat(trial.peer.hearAll()).isEqualTo("{}\n\nanswer");
            assertThat(trial.outcome().reason()).isNull();
        }
    }
}
