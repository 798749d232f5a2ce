package org.restream.internal.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.RefusedException;

/** A client's request is refused: what its handler and listeners see, and what counts as a refusal. */
class RefusedTest extends EachWire {
    private static final String NO = "{\"refused\":{\"reason\":\"disk full\"}}\n\n";

    private final Calls calls = new Calls();

    private static void isRefusal(Throwable thrown) {
        assertThat(thrown).isInstanceOf(RefusedException.class).hasMessage("refused by the server: disk full");
    }

    private static void isRefused(Trial trial) throws Exception {
        assertThat(trial.outcome().reason()).isEqualTo(Reason.REFUSED);
        isRefusal(trial.outcome().cause());
        assertThat(trial.outcome().cause()).hasNoSuppressedExceptions();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"disk full\"",
                "1",
                "true",
                "null",
                "[]",
                "[{\"reason\":\"disk full\"}]",
                "{}",
                "{\"retryMs\":1}",
                "{\"Reason\":\"disk full\"}",
                "{\"reason\":1}",
                "{\"reason\":null}",
                "{\"reason\":{\"reason\":\"disk full\"}}"
            })
    void another_value_of_that_name_is_an_answer_like_any_other(String value) throws Exception {
        String json = "{\"refused\":" + value + "}";
        CompletableFuture<Header> header = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> header.complete(in.header()))) {
            trial.peer.saySoon((json + "\n\nbody").getBytes(UTF_8));
            assertThat(Trial.get(header)).hasToString(json);
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "60000, 60000",
        "86400000, 86400000",
        "86400001, 86400000",
        "9223372036854775807, 86400000",
        "9223372036854775808, 86400000",
        "1e300, 86400000",
        "1e400, 86400000",
        "1.5, 2",
        "1e3, 1000",
        "0.0, 0",
        "0.000001, 1",
        "-0.0, 0",
        "1e-900, 0"
    })
    void the_time_is_any_number_up_to_a_day(String said, long millis) throws Exception {
        assertThat(RefusalHeader.read(Header.parse("{\"refused\":{\"reason\":\"r\",\"retryMs\":" + said + "}}"))
                        .retryAfter())
                .hasValue(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "-1.5", "-9223372036854775808", "-1e400", "null", "\"60000\"", "true", "[]", "{\"ms\":1}"})
    void what_is_no_time_is_none_and_the_refusal_for_good(String said) throws Exception {
        RefusedException refused =
                RefusalHeader.read(Header.parse("{\"refused\":{\"reason\":\"r\",\"retryMs\":" + said + "}}"));
        assertThat(refused.reason()).isEqualTo("r");
        assertThat(refused.retryAfter()).isEmpty();
    }

    @Test
    void it_is_none_where_refusals_are_not_meant() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (Trial trial = trial(
                Trial.ROOMY,
                setup -> setup.refusals(false),
                (in, out) -> answer.complete(in.header() + in.readText()))) {
            trial.peer.saySoon((NO + "body").getBytes(UTF_8));
            assertThat(Trial.get(answer)).isEqualTo("{\"refused\":{\"reason\":\"disk full\"}}body");
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void it_is_none_in_a_request() throws Exception {
        CompletableFuture<Header> header = new CompletableFuture<>();
        try (Trial trial = trial(Trial.ROOMY, Setup::server, (in, out) -> header.complete(in.header()))) {
            trial.peer.saySoon((NO).getBytes(UTF_8));
            assertThat(Trial.get(header)).containsKey("refused");
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void each_call_of_the_handler_hears_it() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            isRefusal(catchThrowable(in::header));
            isRefusal(catchThrowable(in::header));
            isRefusal(catchThrowable(in::read));
            isRefusal(catchThrowable(in::readAllBytes));
            isRefusal(catchThrowable(() -> out.write("x")));
            isRefusal(catchThrowable(out::end));
            done.complete(null);
            throw new IllegalStateException("the consequence");
        })) {
            trial.peer.saySoon((NO + "body").getBytes(UTF_8));
            assertThat(trial.outcome().reason()).isEqualTo(Reason.REFUSED);
            Trial.get(done);
            assertThat(trial.outcome().cause()).hasSuppressedException(new IllegalStateException("the consequence"));
        }
    }

    @Test
    void a_handler_that_does_not_read_has_been_refused_all_the_same() throws Exception {
        try (Trial trial = trial((in, out) -> out.end("question"))) {
            trial.peer.saySoon((NO).getBytes(UTF_8));
            isRefused(trial);
        }
    }

    @Test
    void of_the_listeners_the_one_for_errors_alone_hears_it() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            in.onHeader(header -> calls.add("header"))
                    .onData(data -> calls.add("data"))
                    .onEnd(() -> calls.add("end"))
                    .onError(told::complete);
            out.end();
        })) {
            trial.peer.saySoon((NO + "body").getBytes(UTF_8));
            isRefused(trial);
            isRefusal(Trial.get(told));
            calls.assertExactly();
        }
    }

    @Test
    void a_peer_that_refuses_and_stops_reading_is_heard_by_who_writes() throws Exception {
        try (Trial trial = trial(1_000, terms -> terms, (in, out) -> out.write(new byte[100_000]))) {
            trial.link.awaitBlockedWriter();
            trial.peer.say(NO).finish().stopReading();
            isRefused(trial);
        }
    }

    @Test
    void a_handler_that_waits_for_something_else_is_interrupted_by_it() throws Exception {
        notInSessions("there nobody reads for a handler that does not");
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (Trial trial = trial(Trial.ROOMY, Setup::interrupts, (in, out) -> {
            out.flush();
            thrown.complete(catchThrowable(() -> new CountDownLatch(1).await(30, TimeUnit.SECONDS)));
        })) {
            trial.startSecond();
            trial.peer.saySoon((NO).getBytes(UTF_8));
            assertThat(Trial.get(thrown)).isInstanceOf(InterruptedException.class);
            isRefused(trial);
        }
    }

    @Test
    void a_header_that_was_cut_is_no_refusal() throws Exception {
        try (Trial trial = trial((in, out) -> in.header())) {
            trial.peer.say(NO.substring(0, NO.length() - 1));
            trial.peer.cut();
            assertThat(trial.outcome().reason()).isEqualTo(Reason.CONNECTION);
            assertThat(trial.outcome().cause()).isInstanceOf(ConnectionLostException.class);
        }
    }
}
