package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.restream.Incoming;

/** Text and styles: how a body is delivered, and that the two styles can't be mixed. */
class StylesTest extends EachWire {
    private final Calls calls = new Calls();

    private void attachAll(Incoming in) {
        in.onError(error -> calls.add("error"))
                .onEnd(() -> calls.add("end"))
                .onText(text -> calls.add("text " + text))
                .onHeader(header -> calls.add("header " + header));
    }

    @Test
    void text_comes_in_whole_characters_wherever_the_chunks_end() throws Exception {
        StringBuilder heard = new StringBuilder();
        String text = "aä日😀".repeat(500);
        try (Trial trial = trial(7, terms -> terms, (in, out) -> {
            in.onText(piece -> {
                assertThat(piece).isNotEmpty();
                assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(piece)).isTrue();
                heard.append(piece);
            });
            out.end();
        })) {
            trial.peer.say("{}\n\n" + text).finish();

            assertThat(trial.outcome().cause()).isNull();
            assertThat(heard).hasToString(text);
        }
    }

    @Test
    void text_that_is_no_utf_8_is_an_error_that_says_where() throws Exception {
        for (byte[] bad : new byte[][] {{'a', 'b', (byte) 0xff, 'c'}, {'a', 'b', (byte) 0xc3}}) {
            Calls heard = new Calls();
            try (Trial trial = trial((in, out) -> {
                in.onText(text -> {}).onEnd(() -> heard.add("end")).onError(e -> heard.add(e.getMessage()));
                out.end();
            })) {
                trial.peer.say("{}\n\n").saySoon(bad);

                Outcome outcome = trial.outcome();
                assertThat(outcome.reason()).isEqualTo(Reason.PROTOCOL);
                assertThat(outcome.cause()).hasMessageEndingWith("bad byte 0x%02x at offset 2", bad[2]);
                assertThat(heard.list()).singleElement().asString().endsWith("at offset 2");
            }
        }
    }

    @Test
    void both_styles_on_one_stream_are_refused() throws Exception {
        try (Trial trial = trial((in, out) -> {
            in.onData(data -> {});
            for (Trial.Handler read : List.<Trial.Handler>of(
                    (i, o) -> i.read(),
                    (i, o) -> i.readAllBytes(),
                    (i, o) -> i.readText(),
                    (i, o) -> i.available(),
                    (i, o) -> i.transferTo(o))) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> read.handle(in, out))
                        .withMessageStartingWith("listeners are attached to this stream");
            }
            assertThat(in.header()).containsEntry("a", 1L);
            out.end();
        })) {
            trial.peer.say("{\"a\":1}\n\nbody").finish();
            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @Test
    void the_other_way_round_too() throws Exception {
        try (Trial trial = trial((in, out) -> {
            assertThat(in.header()).containsEntry("a", 1L);
            assertThat(in.read()).isEqualTo('b');
            assertThatIllegalStateException()
                    .isThrownBy(() -> in.onData(data -> {}))
                    .withMessageStartingWith("this stream is being read");
            assertThatIllegalStateException().isThrownBy(() -> in.onText(data -> {}));
            assertThatIllegalStateException().isThrownBy(() -> in.onEnd(() -> {}));
            assertThat(in.readText()).isEqualTo("ody");
        })) {
            trial.peer.say("{\"a\":1}\n\nbody").finish();
            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @Test
    void a_listener_of_the_header_or_of_errors_is_no_style() throws Exception {
        Calls heard = new Calls();
        try (Trial trial = trial((in, out) -> {
            in.onHeader(header -> heard.add("header " + header)).onError(error -> heard.add("error"));
            out.write(in.readText());
        })) {
            trial.peer.say("{\"a\":1}\n\nbody").finish();
            assertThat(trial.peer.hearAll()).isEqualTo("{}\n\nbody");
            assertThat(trial.outcome().cause()).isNull();
            heard.assertExactly("header {\"a\":1}");
        }
    }

    @Test
    void a_server_that_listens_for_the_header_alone_ends_when_that_listener_has_returned() throws Exception {
        for (boolean writes : List.of(true, false)) {
            try (Trial trial = trial(
                    Trial.ROOMY,
                    Setup::server,
                    (in, out) -> in.onHeader(header -> {
                        if (writes) {
                            out.write("hello " + header);
                        }
                    }))) {
                trial.peer.say("{}\n\nnobody reads this").finish();
                assertThat(trial.peer.hearAll()).isEqualTo(writes ? "{}\n\nhello {}" : "{}\n\n");
                assertThat(trial.outcome().cause()).isNull();
            }
        }
    }

    @Test
    void a_client_that_listens_for_the_header_alone_ends_when_its_handler_has_returned() throws Exception {
        Calls heard = new Calls();
        try (Trial trial = trial((in, out) -> {
            in.onHeader(header -> heard.add("header " + header));
            out.write("request");
        })) {
            assertThat(trial.peer.hearAll()).isEqualTo("{}\n\nrequest");
            trial.peer.say("{\"a\":1}\n\nnobody reads this").finish();
            assertThat(trial.outcome().cause()).isNull();
            heard.assertExactly("header {\"a\":1}");
        }
    }

    @Test
    void closed_in_the_other_style_the_rest_is_dropped_and_the_end_still_comes() throws Exception {
        Calls heard = new Calls();
        try (Trial trial = trial((in, out) -> {
            in.onText(text -> {
                heard.add(text);
                in.close();
            });
            in.onEnd(() -> {
                heard.add("end");
                out.end();
            });
        })) {
            trial.peer.say("{}\n\nfirst");
            heard.await("first");
            trial.peer.say("second").finish();
            assertThat(trial.outcome().cause()).isNull();
            heard.assertExactly("first", "end");
        }
    }

    @Test
    void asking_for_the_header_is_no_style() throws Exception {
        try (Trial trial = trial((in, out) -> {
            assertThat(in.header()).containsEntry("a", 1L);
            attachAll(in);
            out.end();
        })) {
            trial.peer.say("{\"a\":1}\n\nbody").finish();
            assertThat(trial.outcome().cause()).isNull();
            calls.assertExactly("header {\"a\":1}", "text body", "end");
        }
    }
}
