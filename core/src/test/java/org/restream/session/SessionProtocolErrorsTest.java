package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.restream.ServerEvent;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.testing.RawSession;

/** What breaks the protocol ends that session, with a word, and nothing else. */
class SessionProtocolErrorsTest {
    private static final String REQUEST = "{\"a\":1}\n\n";

    private static Map<String, Consumer<ByteBuffer>> violations() {
        Map<String, Consumer<ByteBuffer>> all = new LinkedHashMap<>();
        all.put("an unknown capital", out -> out.put(bytes('Q', 0, 0, 0)));
        all.put("no letter", out -> out.put(bytes('1', 0, 0, 0)));
        all.put("an unknown flag", out -> out.put(bytes('P', 0x40, 8, 0)).putLong(1));
        all.put("a ping of another length", out -> out.put(bytes('P', 0, 7, 0)).put(new byte[7]));
        all.put(
                "a connection's frame with an exchange",
                out -> out.put(bytes('P', 0, 8, 1)).putLong(1));
        all.put("too large a frame", out -> out.put(bytes('D', 0, 0xffffff, 1)));
        all.put("a gap in the numbers", out -> RawSession.request(out, 3, REQUEST));
        all.put("a number above the limit", out -> RawSession.request(out, 100_000, REQUEST));
        all.put("a number used twice", out -> RawSession.request(out, 1, REQUEST));
        all.put("a gap in the data", out -> RawSession.data(out, 1, 0, 10, "x"));
        all.put("data twice", out -> RawSession.data(out, 1, 0, 0, "{"));
        all.put("data of nothing", out -> RawSession.data(out, 2, 0, 0, "x"));
        all.put("data beyond the limit", out -> {
            for (int i = 0; i < 3; i++) {
                RawSession.data(out, 1, 0, 9 + i * 16_000L, "x".repeat(16_000));
            }
        });
        all.put("an ack of more than was sent", out -> FrameEncoder.ack(out, 1, 0, 1_000, 0, 40_000));
        all.put("the end of what goes on", out -> FrameEncoder.known(out, new long[] {1}, 1));
        all.put("an ack of nothing", out -> FrameEncoder.ack(out, 9, 0, 0, 0, 40_000));
        all.put("a known of nothing", out -> FrameEncoder.known(out, new long[] {9}, 1));
        all.put("a cut of nothing", out -> FrameEncoder.cut(out, 9, 3, 1, 0, ""));
        all.put("a listing out of place", out -> FrameEncoder.ack(out, 1, Flags.ACK_LIST, 0, 0, 40_000));
        all.put("the end of a listing out of place", out -> FrameEncoder.listed(out, 1));
        all.put("a client that allows", out -> FrameEncoder.more(out, 1_000));
        all.put("data after the end", out -> {
            RawSession.data(out, 1, Flags.END, 9, "");
            RawSession.data(out, 1, 0, 9, "x");
        });
        all.put("two sizes", out -> {
            FrameEncoder.cut(out, 1, Flags.CUT_MINE, 5, 9, "");
            FrameEncoder.cut(out, 1, Flags.CUT_MINE, 5, 10, "");
        });
        all.put("a cut before what has come", out -> FrameEncoder.cut(out, 1, Flags.CUT_MINE, 5, 3, ""));
        return all;
    }

    private static byte[] bytes(char type, int flags, int length, long exchange) {
        return ByteBuffer.allocate(12)
                .putInt(type << 24 | flags << 16 | length >>> 8)
                .putLong((long) (length & 0xff) << 56 | exchange)
                .array();
    }

    @Test
    void each_ends_its_session_alone_with_a_reason() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of((req, res) -> {
            String asked = req.header().toString();
            if (asked.equals("{\"a\":1}")) {
                go.get();
            }
            res.end(asked);
        })) {
            CompletableFuture<String> other = pair.session.exchangeAsync((req, res) -> {
                req.header("a", 1).end();
                return res.readText();
            });
            pair.atServer.await(ServerEvent.SessionOpened.class);
            for (Map.Entry<String, Consumer<ByteBuffer>> violation :
                    violations().entrySet()) {
                try (RawSession raw = RawSession.begun(pair.server.address())) {
                    raw.frames(out -> RawSession.data(out, 1, Flags.OPEN, 0, REQUEST))
                            .frames(violation.getValue());
                    assertThat(raw.frame("B")).as(violation.getKey()).startsWith("B 3 ");
                    assertThat(raw.frame()).as(violation.getKey()).isEqualTo("end");
                }
                assertThat(pair.atServer.await(ServerEvent.SessionEnded.class).cause())
                        .as(violation.getKey())
                        .hasMessageContaining("broke the protocol");
            }
            go.complete(null);
            assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("{\"a\":1}");
            assertThat(pair.atServer.all(ServerEvent.Away.class)).isEmpty();
        }
    }

    @Test
    void what_is_against_no_rule_is_borne() throws Exception {
        try (SessionPair pair = SessionPair.of((req, res) -> res.end(req.readText()));
                RawSession raw = RawSession.begun(pair.server.address())) {
            raw.frames(out -> out.put(bytes('q', 0xff, 5, 77)).put(new byte[5]));
            raw.frames(out -> RawSession.data(out, 1, Flags.OPEN, 0, ""));
            raw.frames(out -> RawSession.data(out, 1, 0, 0, ""));
            for (byte next : "{}\n\nslow".getBytes(StandardCharsets.US_ASCII)) {
                raw.frames(out -> RawSession.data(out, 1, 0, raw.sent(), String.valueOf((char) next)));
            }
            raw.frames(out -> RawSession.data(out, 1, Flags.END, raw.sent(), ""));
            assertThat(raw.message()).endsWith("slow");
            // of what is over, and late: it is dropped
            raw.frames(out -> FrameEncoder.known(out, new long[] {1}, 1));
            raw.frames(out -> FrameEncoder.cut(out, 1, 3, 1, 0, "late"));
            raw.frames(out -> FrameEncoder.ack(out, 1, 0, 0, 0, 1));
            // one that was never opened counts
            raw.frames(out -> FrameEncoder.cut(out, 2, 7, 1, 0, ""));
            raw.frames(out -> RawSession.request(out, 3, "{}\n\nthird"));
            assertThat(raw.message()).endsWith("third");
            raw.frames(out -> FrameEncoder.bye(out, 1, "done"));
            assertThat(raw.frame("B")).isIn("end", "reset");
            assertThat(pair.calls).hasValue(2);
        }
    }
}
