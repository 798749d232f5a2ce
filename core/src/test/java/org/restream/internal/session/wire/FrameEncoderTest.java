package org.restream.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {
    private final ByteBuffer out = ByteBuffer.allocate(20_000);

    private void refused(ThrowingCallable put, String message) {
        assertThatThrownBy(put).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
        assertThat(out.position()).as("nothing was put").isZero();
    }

    @Test
    void what_no_parser_would_take_is_refused_and_nothing_is_put() {
        String number = " is not from 1 to 9007199254740991 (2^53-1)";
        refused(() -> FrameEncoder.dataHead(out, 0, 0, 0, 0, 1), "exchange 0" + number);
        refused(
                () -> FrameEncoder.dataHead(out, FrameLimits.MAX_NUMBER + 1, 0, 0, 0, 1),
                "exchange 9007199254740992" + number);
        refused(() -> FrameEncoder.dataHead(out, 1, 0x20, 0, 0, 1), "unknown flags 0x20");
        refused(() -> FrameEncoder.dataHead(out, 1, 0x100, 0, 0, 1), "unknown flags 0x100");
        refused(() -> FrameEncoder.dataHead(out, 1, Flags.CRC, 0, 0, 1), "flag CRC without END");
        refused(
                () -> FrameEncoder.dataHead(out, 1, Flags.OPEN | Flags.DEADLINE, 0, 0, 1),
                "deadline 0 is not from 1 to 2147483647 ms");
        refused(() -> FrameEncoder.dataHead(out, 1, 0, 0, 0, -1), "length of the data -1 is not from 0 to 1048576");
        refused(
                () -> FrameEncoder.dataHead(out, 1, 0, 0, 0, 1_048_577),
                "length of the data 1048577 is not from 0 to 1048576");
        refused(() -> FrameEncoder.ack(out, 1, 4, 0, 0, 0), "unknown flags 0x04");
        refused(() -> FrameEncoder.ack(out, 1, 0, 1, 2, 3), "released 2 is beyond received 1");
        refused(() -> FrameEncoder.known(out, new long[] {1, 0}, 2), "exchange 0" + number);
        refused(() -> FrameEncoder.known(out, new long[] {1}, 0), "0 numbers are not from 1 to 1024");
        refused(() -> FrameEncoder.known(out, new long[2_000], 1_025), "1025 numbers are not from 1 to 1024");
        refused(() -> FrameEncoder.cut(out, 1, 0, 1, 0, ""), "neither flag 0x01 nor 0x02: it cuts nothing");
        refused(() -> FrameEncoder.cut(out, 1, 5, 1, 0, ""), "flag 0x04 (never opened) without 0x01 and 0x02");
        refused(() -> FrameEncoder.cut(out, 1, 2, 1, 5, ""), "final size 5 is not 0, as these flags want it: 0x02");
        refused(
                () -> FrameEncoder.more(out, -1),
                "highest exchange 18446744073709551615 is not from 0 to 9007199254740991 (2^53-1)");
        refused(() -> FrameEncoder.going(out, 1, -1, ""), "time 4294967295 is not from 0 to 2147483647 ms");
        refused(() -> FrameEncoder.bye(out, -1, ""), "code 4294967295 is not from 0 to 2147483647");
    }

    @Test
    void the_sizes_are_those_of_the_frames() {
        FrameEncoder.dataHead(out, 1, 0, 0, 0, 1_000);
        assertSize(FrameEncoder.DATA_HEAD);
        FrameEncoder.dataHead(out, 1, Flags.OPEN | Flags.DEADLINE, 0, 1, 0);
        assertSize(FrameEncoder.DATA_HEAD + FrameEncoder.DEADLINE_SIZE);
        FrameEncoder.crc(out, 1);
        assertSize(FrameEncoder.CRC_SIZE);
        FrameEncoder.ack(out, 1, 0, 3, 2, 1);
        assertSize(FrameEncoder.ACK_SIZE);
        FrameEncoder.known(out, new long[] {1, 2, 3, 0}, 3);
        assertSize(FrameEncoder.KNOWN_HEAD + 3 * FrameEncoder.KNOWN_EACH);
        FrameEncoder.more(out, 1);
        assertSize(FrameEncoder.MORE_SIZE);
        FrameEncoder.listed(out, 1);
        assertSize(FrameEncoder.LISTED_SIZE);
        FrameEncoder.ping(out, true, 1);
        assertSize(FrameEncoder.PING_SIZE);
        FrameEncoder.cut(out, 1, 1, 1, 1, "x".repeat(1_000));
        assertSize(FrameEncoder.CUT_MAX);
        FrameEncoder.going(out, 1, 1, "x".repeat(1_000));
        assertSize(FrameEncoder.GOING_MAX);
        FrameEncoder.bye(out, 1, "x".repeat(1_000));
        assertSize(FrameEncoder.BYE_MAX);
    }

    private void assertSize(int size) {
        assertThat(out.position()).isEqualTo(size);
        out.clear();
    }

    @Test
    void a_text_that_is_too_long_ends_before_the_character_that_has_no_room() throws Exception {
        for (String character : new String[] {"ä", "日", "😀"}) {
            for (int before = 0; before < 5; before++) {
                FrameEncoder.bye(out.clear(), 1, "x".repeat(252 + before) + character);
                Calls calls = new Calls();
                new FrameParser(1).parse(out.flip(), calls);
                int room = 256 - 252 - before;
                boolean fits = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= room;
                assertThat(calls.all().get(0).get("text"))
                        .isEqualTo("x".repeat(252 + before) + (fits ? character : ""));
            }
        }
    }

    @Test
    void half_a_surrogate_pair_in_a_text_becomes_a_question_mark() throws Exception {
        FrameEncoder.bye(out, 1, "a\ud83db");
        Calls calls = new Calls();
        new FrameParser(1).parse(out.flip(), calls);
        assertThat(calls.all().get(0).get("text")).isEqualTo("a?b");
    }
}
