package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The format of our message, and which calls are rejected. */
class OutgoingTest extends EachWire {
    /** Runs the handler with a peer that sends an empty message; returns what the peer received. */
    private String said(Trial.Handler handler) throws Exception {
        try (Trial trial = trial(handler)) {
            trial.peer.finish();
            String heard = trial.peer.hearAll();
            Outcome outcome = trial.outcome();
            assertThat(outcome.cause()).isNull();
            assertThat(outcome.reason()).isNull();
            return heard;
        }
    }

    @Test
    void the_header_and_the_first_body_bytes_go_out_in_one_write() throws Exception {
        try (Trial trial = trial((in, out) -> {
            out.header("a", 1);
            out.write("body");
        })) {
            trial.peer.finish();
            trial.outcome();

            assertThat(trial.peer.hearAll()).isEqualTo("{\"a\":1}\n\nbody");
            assertThat(trial.link.writes()).containsExactly(13);
        }
    }

    @Test
    void small_writes_are_gathered_and_large_ones_fill_up_what_is_gathered() throws Exception {
        byte[] large = new byte[100_000];
        try (Trial trial = trial((in, out) -> {
            for (int i = 0; i < 100; i++) {
                out.write('x');
            }
            out.write(large);
            out.write("end");
        })) {
            trial.peer.finish();
            Outcome outcome = trial.outcome();

            int most = WriteBuffer.MAX_BYTES;
            int rest = 4 + 100 + 100_000 - most;
            if (wire == Wire.SESSION) {
                // it takes as much at a time as there is room for
                assertThat(trial.link.writes()).startsWith(most).endsWith(3);
            } else {
                assertThat(trial.link.writes()).containsExactly(most, rest, 3);
            }
            assertThat(outcome.bytesSent()).isEqualTo(100_103);
            assertThat(trial.peer.hearAllBytes()).hasSize(4 + 100_103);
        }
    }

    @Test
    void an_untouched_header_is_the_empty_one() throws Exception {
        assertThat(said((in, out) -> out.end("body"))).isEqualTo("{}\n\nbody");
    }

    @Test
    void an_empty_body_has_its_header_all_the_same() throws Exception {
        assertThat(said((in, out) -> {})).isEqualTo("{}\n\n");
        assertThat(said((in, out) -> out.header("a", 1).end())).isEqualTo("{\"a\":1}\n\n");
        assertThat(said((in, out) -> out.end(""))).isEqualTo("{}\n\n");
        assertThat(said((in, out) -> out.end(new byte[0]))).isEqualTo("{}\n\n");
        assertThat(said((in, out) -> out.close())).isEqualTo("{}\n\n");
    }

    @Test
    void fields_are_added_in_order_and_replaced_in_place() throws Exception {
        assertThat(said((in, out) -> {
                    out.header("a", 1).header(Map.of("b", 2));
                    out.header("a", "new");
                    out.end();
                }))
                .isEqualTo("{\"a\":\"new\",\"b\":2}\n\n");
    }

    @Test
    void a_field_that_is_no_json_is_refused_where_it_is_set_and_leaves_the_rest_as_it_was() throws Exception {
        assertThat(said((in, out) -> {
                    out.header("a", 1);
                    assertThatThrownBy(() -> out.header("bad", new Object()))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("\"bad\"");
                    assertThatThrownBy(() -> out.header((String) null, 1)).isInstanceOf(NullPointerException.class);
                    out.write("x");
                }))
                .isEqualTo("{\"a\":1}\n\nx");
    }

    @Test
    void no_text_is_not_the_text_null() throws Exception {
        assertThat(said((in, out) -> {
                    assertThatThrownBy(() -> out.write((String) null)).isInstanceOf(NullPointerException.class);
                    assertThatThrownBy(() -> out.end((String) null)).isInstanceOf(NullPointerException.class);
                }))
                .isEqualTo("{}\n\n");
    }

    @Test
    void a_header_after_the_first_write_flush_or_end_is_refused() throws Exception {
        assertThat(said((in, out) -> {
                    out.write("");
                    assertThatIllegalStateException()
                            .isThrownBy(() -> out.header("late", 1))
                            .withMessageStartingWith(
                                    "too late for the header (late): it goes out with the first write");
                }))
                .isEqualTo("{}\n\n");
        assertThat(said((in, out) -> {
                    out.flush();
                    assertThatIllegalStateException()
                            .isThrownBy(() -> out.header(Map.of("late", 1)))
                            .withMessageContaining("(late)");
                }))
                .isEqualTo("{}\n\n");
        assertThat(said((in, out) -> {
                    out.end();
                    assertThatIllegalStateException().isThrownBy(() -> out.header("late", 1));
                }))
                .isEqualTo("{}\n\n");
    }

    @Test
    void nothing_can_be_written_after_the_end_but_ending_again_is_harmless() throws Exception {
        assertThat(said((in, out) -> {
                    out.end("body");
                    out.end();
                    out.close();
                    out.flush();
                    for (Trial.Handler late : Arrays.<Trial.Handler>asList(
                            (i, o) -> o.write(1),
                            (i, o) -> o.write("x"),
                            (i, o) -> o.write(new byte[0]),
                            (i, o) -> o.write(ByteBuffer.allocate(1)),
                            (i, o) -> o.end("x"))) {
                        assertThatThrownBy(() -> late.handle(in, out))
                                .isInstanceOf(IOException.class)
                                .hasMessage("the stream has ended: nothing can be written after end()");
                    }
                }))
                .isEqualTo("{}\n\nbody");
    }

    @Test
    void all_kinds_of_write_end_up_in_order() throws Exception {
        byte[] bytes = "0123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(said((in, out) -> {
                    out.write('a');
                    out.write("b");
                    out.write(bytes, 3, 2);
                    ByteBuffer direct =
                            ByteBuffer.allocateDirect(10).put(bytes).flip().position(8);
                    out.write(direct);
                    assertThat(direct.hasRemaining()).isFalse();
                    ByteBuffer readOnly = ByteBuffer.wrap(bytes).limit(1).asReadOnlyBuffer();
                    out.write(readOnly);
                    out.write(0x100 | 'c');
                    out.end(new byte[] {'d'});
                }))
                .isEqualTo("{}\n\nab34890cd");
    }

    @Test
    void bad_bounds_are_refused() throws Exception {
        said((in, out) -> {
            assertThatThrownBy(() -> out.write(new byte[3], 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> in.read(new byte[3], 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        });
    }

    @Test
    void the_bytes_written_are_not_kept() throws Exception {
        assertThat(said((in, out) -> {
                    byte[] bytes = {'a'};
                    out.write(bytes);
                    bytes[0] = 'b';
                }))
                .isEqualTo("{}\n\na");
    }

    @Test
    void a_surrogate_pair_may_be_split_between_two_writes() throws Exception {
        assertThat(said((in, out) -> {
                    out.write("a\ud83d");
                    out.flush();
                    out.write("\ude00b");
                }))
                .isEqualTo("{}\n\na😀b");
    }

    @Test
    void half_a_surrogate_pair_before_bytes_or_the_end_is_an_error() throws Exception {
        try (Trial trial = trial((in, out) -> {
            out.write("\ud83d");
            assertThatThrownBy(() -> out.write(1)).isInstanceOf(CharacterCodingException.class);
            out.end();
        })) {
            Outcome outcome = trial.outcome();

            assertThat(outcome.reason().isOurs()).isTrue();
            assertThat(outcome.cause()).isInstanceOf(CharacterCodingException.class);
            assertThatThrownBy(trial.peer::hearAll).hasMessageStartingWith(wire.reset);
        }
    }
}
