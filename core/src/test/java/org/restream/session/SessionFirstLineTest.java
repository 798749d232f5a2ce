package org.restream.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.SessionLimits;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.MemoryId;
import org.restream.internal.session.wire.SessionId;
import org.restream.internal.session.wire.SessionKey;
import org.restream.testing.ProxyLine;
import org.restream.testing.RawSession;

/** A first line may have the byte that says "session" anywhere, and may come in any pieces, also in one with a proxy's header. */
class SessionFirstLineTest {
    private static SessionPair behindProxy() throws Exception {
        return SessionPair.of(SessionPair.options(SessionLimits.defaults()).proxyProtocol("127.0.0.1"), (req, res) -> {
            // first: if the line is late, what a handler says before that goes out on the plain wire
            req.readText();
            res.end("well");
        });
    }

    /** Written as {@code rrrr...}. */
    private static String onlyR(int bytes) {
        byte[] all = Base64.getDecoder().decode("rrrr".repeat(bytes / 3 + 1));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(all, bytes));
    }

    private static RawSession raw(SessionPair pair) throws Exception {
        RawSession raw = new RawSession(pair.server.address());
        raw.id = SessionId.parse(onlyR(16));
        raw.key = SessionKey.parse(onlyR(32));
        return raw;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 63, 64, 65, 100, 1000})
    void any_byte_may_be_an_r(int piece) throws Exception {
        try (SessionPair pair = behindProxy()) {
            Hello answer;
            try (RawSession raw = raw(pair)) {
                answer = inPieces(raw, raw.hello(), piece);
                assertThat(answer).isInstanceOf(Hello.Welcome.class);
                raw.frames(out -> RawSession.request(out, 1, "{}\n\n"));
                assertThat(raw.message()).endsWith("well");
            }
            try (RawSession again = raw(pair)) {
                again.memory = ((Hello.Welcome) answer).memory();
                assertThat(inPieces(again, again.resume(2), piece)).isInstanceOf(Hello.Welcome.class);
            }
        }
    }

    @Test
    void the_name_of_the_memory_may_begin_with_an_r() throws Exception {
        try (SessionPair pair = behindProxy();
                RawSession raw = raw(pair)) {
            raw.memory = MemoryId.parse(onlyR(8));
            assertThat(raw.resume(2).toLine()).contains("\"memory\":\"rrrrrrrrrr");
            assertThat(((Hello.Refuse) inPieces(raw, raw.resume(2), 1000)).code())
                    .isEqualTo("unknown-session");
        }
    }

    private static Hello inPieces(RawSession raw, Hello hello, int piece) throws Exception {
        byte[] line = ProxyLine.join(ProxyLine.TCP4, hello.toLine().getBytes(UTF_8));
        for (int from = 0; from < line.length; from += piece) {
            raw.say(Arrays.copyOfRange(line, from, Math.min(line.length, from + piece)));
        }
        return raw.answer();
    }
}
