package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.restream.Incoming;
import org.restream.internal.exchange.Outcome.Kind;

/** Text and styles: what a body is delivered as, and that both styles do not mix. */
class StylesTest {
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
        try (Trial trial = Trial.of(7, terms -> terms, (in, out) -> {
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
            try (Trial trial = Trial.of((in, out) -> {
                in.onText(text -> {}).onEnd(() -> heard.add("end")).onError(e -> heard.add(e.getMessage()));
                out.end();
            })) {
                trial.peer.say("{}\n\n").saySoon(bad);

                Outcome outcome = trial.outcome();
                assertThat(outcome.kind()).isNotEqualTo(Kind.COMPLETED);
                assertThat(outcome.cause()).hasMessageEndingWith("bad byte 0x%02x at offset 2", bad[2]);
                assertThat(heard.list()).singleElement().asString().endsWith("at offset 2");
            }
        }
    }

    @Test
    void both_styles_on_one_stream_are_refused() throws Exception {
        try (Trial trial = Trial.of((in, out) -> {
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
        try (Trial trial = Trial.of((in, out) -> {
            assertThat(in.header()).containsEntry("a", 1L);
            assertThat(in.read()).isEqualTo('b');
            assertThatIllegalStateException()
                    .isThrownBy(() -> in.onHeader(header -> {}))
                    .withMessageStartingWith("this stream is being read");
            assertThatIllegalStateException().isThrownBy(() -> in.onData(data -> {}));
            assertThatIllegalStateException().isThrownBy(() -> in.onText(data -> {}));
            assertThatIllegalStateException().isThrownBy(() -> in.onEnd(() -> {}));
            assertThatIllegalStateException().isThrownBy(() -> in.onError(error -> {}));
            assertThat(in.readText()).isEqualTo("ody");
        })) {
            trial.peer.say("{\"a\":1}\n\nbody").finish();
            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @Test
    void asking_for_the_header_is_no_style() throws Exception {
        try (Trial trial = Trial.of((in, out) -> {
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
