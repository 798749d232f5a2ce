package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.restream.Incoming;

/** Which listeners are called, when, how often, and in which order. */
class ListenersTest extends EachWire {
    private final Calls calls = new Calls();

    private void attachAll(Incoming in) {
        in.onError(error -> calls.add("error"))
                .onEnd(() -> calls.add("end"))
                .onText(text -> calls.add("text " + text))
                .onHeader(header -> calls.add("header " + header));
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void they_are_called_in_order_however_they_were_attached() throws Exception {
        try (Trial trial = trial((in, out) -> {
            attachAll(in);
            out.end();
        })) {
            trial.peer.say("{\"a\":1}\n\nbody").finish();

            assertThat(trial.outcome().reason()).isNull();
            calls.assertExactly("header {\"a\":1}", "text body", "end");
        }
    }

    @Test
    void of_an_empty_message_there_is_only_the_end() throws Exception {
        try (Trial trial = trial((in, out) -> {
            attachAll(in);
            out.end();
        })) {
            trial.peer.finish();

            Outcome outcome = trial.outcome();
            assertThat(outcome.reason()).isNull();
            assertThat(outcome.headerCame()).isFalse();
            calls.assertExactly("end");
        }
    }

    @Test
    void a_loss_ends_with_the_error_and_no_end() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            in.onText(text -> calls.add(text)).onEnd(() -> calls.add("end")).onError(error -> {
                calls.add("error");
                told.complete(error);
            });
            out.end();
        })) {
            trial.peer.say("{}\n\nhalf");
            calls.await("half");
            trial.peer.cut();

            Outcome outcome = trial.outcome();
            assertThat(outcome.reason().isOurs()).isFalse();
            assertThat(outcome.cause())
                    .hasMessageStartingWith(
                            "lost after the header, 4 body bytes received, 0 body bytes sent: " + wire.reset);
            calls.assertExactly("half", "error");
            assertThat(Trial.get(told)).hasMessage(outcome.cause().getMessage());
        }
    }

    @Test
    void listeners_attached_by_listeners_are_called_once() throws Exception {
        try (Trial trial = trial((in, out) -> {
            out.end();
            in.onHeader(header -> {
                calls.add("header");
                in.onText(text -> {
                    calls.add(text);
                    in.onEnd(() -> calls.add("end"));
                });
            });
        })) {
            trial.peer.say("{}\n\nbody").finish();

            assertThat(trial.outcome().reason()).isNull();
            calls.assertExactly("header", "body", "end");
        }
    }

    @Test
    void listeners_attached_late_in_the_handler_are_called_once() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Trial trial = trial((in, out) -> {
            in.onText(text -> calls.add(text));
            await(go);
            in.onHeader(header -> calls.add("header"));
            calls.add("attached onHeader");
            in.onEnd(() -> calls.add("end"));
            out.end();
        })) {
            trial.startSecond();
            trial.peer.say("{}\n\nbody");
            calls.await("body");
            go.countDown();
            calls.await("attached onHeader");
            trial.peer.finish();

            assertThat(trial.outcome().reason()).isNull();
            // the attaching thread calls it, or the one that is calling another listener, which may still be at the
            // body
            assertThat(calls.list())
                    .containsExactlyInAnyOrder("body", "header", "attached onHeader", "end")
                    .containsSubsequence("body", "header", "end");
        }
    }

    @Test
    void listeners_attached_after_all_is_over_are_called_once() throws Exception {
        try (Trial trial = trial((in, out) -> {
            in.onText(text -> calls.add(text));
            out.end();
        })) {
            trial.peer.say("{}\n\nbody").finish();
            trial.outcome();

            trial.exchange.incoming().onEnd(() -> calls.add("end"));
            trial.exchange.incoming().onError(error -> calls.add("error"));
            trial.exchange.incoming().onHeader(header -> calls.add("header"));
            calls.assertExactly("body", "end", "header");
        }
    }

    @Test
    void so_are_the_first_ones_of_all_though_nobody_listened_before() throws Exception {
        try (Trial trial = trial((in, out) -> {})) {
            trial.peer.say("{}\n\nbody").finish();
            trial.outcome();

            trial.exchange.incoming().onHeader(header -> calls.add("header"));
            trial.exchange.incoming().onEnd(() -> calls.add("end"));
            calls.assertExactly("header", "end");
            assertThatIllegalStateException()
                    .isThrownBy(() -> trial.exchange.incoming().onData(data -> {}))
                    .withMessageStartingWith("too late for onData or onText");
        }
    }

    @Test
    void after_a_loss_a_late_error_listener_is_called_and_a_late_end_listener_is_not() throws Exception {
        try (Trial trial =
                trial((in, out) -> in.onHeader(header -> calls.add("header")).onData(data -> {}))) {
            trial.peer.say("{}\n\n").finish();
            calls.await("header");
            trial.exchange.cancel(Reason.CLOSED, "closed");
            trial.outcome();

            trial.exchange.incoming().onError(error -> calls.add("error"));
            trial.exchange.incoming().onEnd(() -> calls.add("end"));
            calls.assertExactly("header", "error");
        }
    }

    @Test
    void a_second_listener_of_a_kind_is_refused() throws Exception {
        try (Trial trial = trial((in, out) -> {
            attachAll(in);
            assertThatIllegalStateException()
                    .isThrownBy(() -> in.onHeader(header -> {}))
                    .withMessage("there is an onHeader listener already");
            assertThatIllegalStateException().isThrownBy(() -> in.onEnd(() -> {}));
            assertThatIllegalStateException().isThrownBy(() -> in.onError(error -> {}));
            assertThatIllegalStateException()
                    .isThrownBy(() -> in.onData(data -> {}))
                    .withMessage("there is an onData or onText listener already");
            out.end();
        })) {
            trial.peer.finish();
            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @Test
    void without_a_data_listener_the_body_is_dropped_and_the_end_still_comes() throws Exception {
        try (Trial trial = trial(100, terms -> terms, (in, out) -> {
            in.onEnd(() -> calls.add("end"));
            out.end();
        })) {
            trial.peer.say("{}\n\n").say(new byte[100_000]).finish();

            assertThat(trial.outcome().bytesReceived()).isEqualTo(100_000);
            calls.assertExactly("end");
        }
    }

    @Test
    void the_body_waits_for_a_data_listener_until_the_handler_returns() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Trial trial = trial((in, out) -> {
            in.onHeader(header -> calls.add("header"));
            await(go);
            in.onText(text -> calls.add(text));
            out.end();
        })) {
            trial.startSecond();
            trial.peer.say("{}\n\nbody").finish();
            calls.await("header");
            go.countDown();

            assertThat(trial.outcome().cause()).isNull();
            calls.assertExactly("header", "body");
        }
    }

    @Test
    void a_data_listener_after_the_drop_has_begun_is_refused() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (Trial trial = trial((in, out) -> {
            in.onEnd(() -> {
                calls.add("end");
                assertThatIllegalStateException()
                        .isThrownBy(() -> in.onText(text -> {}))
                        .withMessageStartingWith("too late for onData or onText");
                ended.countDown();
            });
            out.end();
        })) {
            trial.peer.say("{}\n\nbody").finish();
            await(ended);
            assertThat(trial.outcome().cause()).isNull();
        }
    }
}
