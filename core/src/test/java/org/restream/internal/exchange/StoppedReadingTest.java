package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ConnectionLostException;

/** A peer answers, ends, and stops reading: our writes fail, and we still read its answer. */
class StoppedReadingTest extends EachWire {
    private static final byte[] LARGE = new byte[100_000];

    private static void assertRefusal(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageMatching("the peer stopped reading after \\d+ body bytes; its answer can still be read");
    }

    @Test
    void stream_style_the_answer_can_be_read() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (Trial trial = trial(1_000, terms -> terms, (in, out) -> {
            thrown.complete(catchThrowable(() -> out.write(LARGE)));
            assertRefusal(catchThrowable(() -> out.write("more")));
            assertRefusal(catchThrowable(out::flush));
            assertRefusal(catchThrowable(out::end));
            answer.complete(in.header() + in.readText());
        })) {
            trial.link.awaitBlockedWriter();
            trial.peer.say("{\"enough\":true}\n\nanswer").finish().stopReading();

            assertRefusal(Trial.get(thrown));
            assertThat(Trial.get(answer)).isEqualTo("{\"enough\":true}answer");
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void stream_style_the_answer_is_read_and_dropped_where_the_handler_does_not() throws Exception {
        try (Trial trial =
                trial(1_000, terms -> terms, (in, out) -> assertRefusal(catchThrowable(() -> out.write(LARGE))))) {
            trial.link.awaitBlockedWriter();
            trial.peer.say("{}\n\nanswer").finish().stopReading();

            Outcome outcome = trial.outcome();
            assertThat(outcome.reason()).isNull();
            assertThat(outcome.bytesReceived()).isEqualTo(6);
        }
    }

    @Test
    void stream_style_a_handler_that_lets_it_through_has_lost_the_exchange() throws Exception {
        try (Trial trial = trial(1_000, terms -> terms, (in, out) -> out.write(LARGE))) {
            trial.link.awaitBlockedWriter();
            trial.peer.say("{}\n\nanswer").finish().stopReading();

            Outcome outcome = trial.outcome();
            assertThat(outcome.reason().isOurs()).isFalse();
            assertRefusal(outcome.cause());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void event_style_the_answer_is_delivered_though_the_handler_lets_it_through(boolean second) throws Exception {
        Calls calls = new Calls();
        try (Trial trial = trial(1_000, terms -> terms, (in, out) -> {
            in.onHeader(header -> calls.add("header"))
                    .onText(calls::add)
                    .onEnd(() -> calls.add("end"))
                    .onError(error -> calls.add("error"));
            out.write(LARGE);
        })) {
            if (second) {
                trial.startSecond();
            }
            trial.link.awaitBlockedWriter();
            trial.peer.say("{}\n\nanswer").finish().stopReading();

            assertThat(trial.outcome().reason()).isNull();
            calls.assertExactly("header", "answer", "end");
        }
    }

    @Test
    void event_style_what_a_listener_wrote_and_nobody_takes_does_not_stop_the_answer() throws Exception {
        Calls calls = new Calls();
        CountDownLatch stopped = new CountDownLatch(1);
        try (Trial trial = trial((in, out) -> in.onHeader(header -> {
                    assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
                    out.write("too late");
                })
                .onText(calls::add)
                .onEnd(() -> calls.add("end")))) {
            trial.peer.say("{}\n\nanswer").finish().stopReading();
            stopped.countDown();

            assertThat(trial.outcome().reason()).isNull();
            calls.assertExactly("answer", "end");
        }
    }

    @Test
    void without_a_header_it_is_a_loss() throws Exception {
        Calls calls = new Calls();
        try (Trial trial = trial(1_000, terms -> terms, (in, out) -> {
            in.onError(error -> calls.add("error"));
            out.write(LARGE);
        })) {
            trial.link.awaitBlockedWriter();
            trial.peer.finish().stopReading();

            Outcome outcome = trial.outcome();
            assertThat(outcome.reason().isOurs()).isFalse();
            assertRefusal(outcome.cause());
            calls.assertExactly("error");
        }
    }

    @Test
    void without_a_clean_end_too() throws Exception {
        try (Trial trial = trial(1_000, terms -> terms, (in, out) -> {
            assertRefusal(catchThrowable(() -> out.write(LARGE)));
            assertThat(in.read()).isEqualTo('h');
            assertThat(in.read()).isEqualTo('a');
            in.read();
        })) {
            trial.link.awaitBlockedWriter();
            trial.peer.say("{}\n\nha").stopReading();
            trial.link.awaitReader();
            trial.peer.cut();

            Outcome outcome = trial.outcome();
            assertThat(outcome.reason().isOurs()).isFalse();
            assertThat(outcome.cause()).hasMessageContaining(wire.reset);
            assertThat(outcome.headerCame()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"let through", "swallowed", "in a listener", "swallowed in a listener"})
    void a_server_whose_answer_was_not_taken_whole_has_failed(String what) throws Exception {
        Calls calls = new Calls();
        try (Trial trial = trial(1_000, Setup::server, (in, out) -> {
            switch (what) {
                case "let through" -> out.write(LARGE);
                case "swallowed" -> assertRefusal(catchThrowable(() -> out.write(LARGE)));
                case "in a listener" ->
                    in.onEnd(() -> {
                                calls.add("end");
                                out.write(LARGE);
                            })
                            .onError(error -> calls.add("error"));
                default ->
                    in.onEnd(() -> {
                                calls.add("end");
                                assertRefusal(catchThrowable(() -> out.write(LARGE)));
                            })
                            .onError(error -> calls.add("error"));
            }
        })) {
            trial.peer.say("{}\n\nrequest").finish();
            trial.link.awaitBlockedWriter();
            trial.peer.stopReading();

            assertThat(trial.outcome().reason()).isEqualTo(Reason.STOPPED_READING);
            assertRefusal(trial.outcome().cause());
            assertThat(trial.link.isAborted()).isTrue();
            if (what.contains("listener")) {
                calls.assertExactly("end");
            }
        }
    }
}
