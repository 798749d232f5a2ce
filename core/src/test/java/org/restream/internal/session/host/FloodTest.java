package org.restream.internal.session.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.testing.RawSession;

/**
 * Floods of frames that keep to the protocol and cost more than they move, as other protocols have met them: pings
 * (CVE-2019-9512), settings (CVE-2019-9515), empty frames (CVE-2019-9518), tiny windows (CVE-2019-9511), resets
 * (CVE-2019-9514, CVE-2023-44487), and what makes a server reset (CVE-2025-8671). Each ends its own session, and no other.
 */
@Timeout(60)
class FloodTest {
    /** More than the bucket gets in a tenth of a second. */
    private static final int MANY = 130;

    private final AtomicLong count = new AtomicLong();

    private static void stay() throws InterruptedException {
        new java.util.concurrent.CountDownLatch(1).await();
    }

    private static void raw(ByteBuffer out, char type) {
        out.putInt(type << 24).putLong(0);
    }

    private Consumer<ByteBuffer> one(String kind) {
        return switch (kind) {
            case "pings" -> out -> FrameEncoder.ping(out, false, 7);
            case "pongs" -> out -> FrameEncoder.ping(out, true, 7);
            case "acks of nothing" -> out -> FrameEncoder.ack(out, 1, 0, 0, 0, 1);
            case "windows of a byte" -> out -> FrameEncoder.ack(out, 1, 0, 0, 0, 32_768 + count.incrementAndGet());
            case "empty data" -> out -> RawSession.data(out, 1, 0, 9, "");
            case "data of a byte" -> out -> RawSession.data(out, 1, 0, 9 + count.getAndIncrement(), "x");
            case "late data" -> out -> RawSession.data(out, 2, 0, 0, "late");
            case "cuts of what is over" -> out -> FrameEncoder.cut(out, 2, Flags.CUT_YOURS, 1, 0, "");
            case "types that are not known" -> out -> raw(out, 'q');
            case "goodbyes" -> out -> FrameEncoder.going(out, 1, 0, "");
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pings",
                "pongs",
                "acks of nothing",
                "windows of a byte",
                "empty data",
                "data of a byte",
                "late data",
                "cuts of what is over",
                "types that are not known",
                "goodbyes"
            })
    void a_flood_ends_its_session_alone(String kind) throws Exception {
        try (Attacked attacked = new Attacked(Attacked.CONFIG, (req, res) -> stay());
                RawSession raw = attacked.attacker()) {
            raw.frames(out -> {
                RawSession.data(out, 1, Flags.OPEN, 0, "{\"a\":1}\n\n");
                // number 2 is over as soon as it is announced
                FrameEncoder.cut(
                        out, 2, Flags.CUT_MINE | Flags.CUT_YOURS | Flags.CUT_UNOPENED, CutCode.CANCELLED, 0, "");
            });
            assertThat(Attacked.heard(raw, 1)).startsWith("P");
            Consumer<ByteBuffer> one = one(kind);
            String last = attacked.flood(raw, out -> {
                for (int i = 0; i < MANY; i++) {
                    one.accept(out);
                }
            });
            assertThat(last).isEqualTo("B 4 too many frames that move nothing");
            attacked.isBounded(1);
        }
    }

    /** Opens as many exchanges as it may, and cuts them at once, or has the server cut them. */
    private static String rapid(Attacked attacked, Consumer<Long> opened, AtomicInteger most) throws Exception {
        try (RawSession raw = attacked.attacker()) {
            AtomicLong number = new AtomicLong();
            String last = attacked.flood(raw, out -> {
                // as many as the server has allowed surely, since all before are over
                for (int i = 0; i < 8; i++) {
                    long next = number.incrementAndGet();
                    opened.accept(next);
                    RawSession.data(out, next, Flags.OPEN, 0, "{\"a\":1}\n\n");
                    FrameEncoder.cut(out, next, Flags.CUT_MINE | Flags.CUT_YOURS, CutCode.CANCELLED, 9, "");
                }
            });
            assertThat(most.get()).isLessThanOrEqualTo(64);
            return last;
        }
    }

    @Test
    void cancels_in_a_row_are_bounded_by_the_handlers_that_have_returned() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Attacked attacked = new Attacked(Attacked.CONFIG, (req, res) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                stay();
            } finally {
                running.decrementAndGet();
            }
        })) {
            String last = rapid(attacked, number -> {}, most);
            // either it has opened more than it may, or cut more than it may
            assertThat(last).matches("B [34] .*");
            attacked.isBounded(64);
        }
    }

    @Test
    void headers_that_are_none_cost_most() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (Attacked attacked = new Attacked(Attacked.CONFIG, (req, res) -> calls.incrementAndGet());
                RawSession raw = attacked.attacker()) {
            AtomicLong number = new AtomicLong();
            String[] wrong = {"nonsense\n\n", "{\"a\":\n\n", "{}{}\n\n", "[".repeat(2_000) + "\n\n"};
            String last = attacked.flood(raw, out -> {
                for (int i = 0; i < 4; i++) {
                    long next = number.incrementAndGet();
                    RawSession.data(out, next, Flags.OPEN | Flags.END, 0, wrong[i]);
                }
            });
            assertThat(last).matches("B [34] .*");
            assertThat(calls).hasValue(0);
            attacked.isBounded(64);
        }
    }

    @Test
    void a_header_without_an_end_is_cut() throws Exception {
        try (Attacked attacked = new Attacked(Attacked.CONFIG, (req, res) -> stay());
                RawSession raw = attacked.attacker()) {
            String endless = "{" + "\"x\":1,".repeat(30_000);
            // as much as may be sent at first, and then as much as each A allows, so that the next one needs no clock
            raw.frames(out -> RawSession.data(out, 1, Flags.OPEN, 0, endless.substring(0, 32 * 1024)));
            int sent = 32 * 1024;
            String next = "";
            while (!next.startsWith("X ") && !next.startsWith("B ")) {
                next = raw.frame();
                if (next.startsWith("A ") && raw.limit() > sent) {
                    int from = sent;
                    sent = (int) raw.limit();
                    String more = endless.substring(from, sent);
                    raw.frames(out -> RawSession.data(out, 1, 0, from, more));
                }
            }
            assertThat(next).isEqualTo("X 3 1 8");
            attacked.isBounded(1);
        }
    }
}
