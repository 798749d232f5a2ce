package org.restream.reliability.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.MemoryId;
import org.restream.internal.session.wire.SessionId;
import org.restream.internal.session.wire.SessionKey;
import org.restream.testing.ProxyLine;
import org.restream.testing.RawSession;

/**
 * A session behind the program HAProxy, which sends the header in a packet of its own or with the first line. The byte that says
 * "session" is also the 65th one of each first line, and most of the others.
 */
class SessionBehindHaproxyTest {
    private static final int MOST_SERVERS = 2_000;

    private RestreamServer server;

    @BeforeEach
    void needsHaproxy() {
        assumeTrue(Programs.has("haproxy"), "there is no \"haproxy\" on the PATH");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close(Duration.ZERO);
        }
    }

    /** Starts a server the name of whose memory begins with an {@code r}, which one in 64 has: a resume has it as its 65th byte. */
    private void start() throws Exception {
        for (int i = 0; i < MOST_SERVERS; i++) {
            server = Restream.createServer(
                            ServerOptions.defaults()
                                    .sessions(SessionLimits.defaults())
                                    .proxyProtocol("127.0.0.1"),
                            (req, res) -> {
                                // first: what a handler says before it has heard anything goes out on the plain wire,
                                // if the line is late
                                req.readText();
                                res.end("well, " + req.peer().getPort());
                            })
                    .listen(0);
            if (memory().text().startsWith("r")) {
                return;
            }
            server.close(Duration.ZERO);
        }
        throw new AssertionError("none of " + MOST_SERVERS + " servers has such a memory");
    }

    private MemoryId memory() throws Exception {
        try (RawSession raw = new RawSession(server.address())) {
            byte[] line = raw.hello().toLine().getBytes(UTF_8);
            raw.say(ProxyLine.join(ProxyLine.TCP4, line));
            return ((Hello.Welcome) raw.answer()).memory();
        }
    }

    private static RawSession raw(Haproxy haproxy) throws Exception {
        RawSession raw = new RawSession(haproxy.address());
        raw.id = SessionId.parse("r".repeat(21) + "g");
        raw.key = SessionKey.parse("r".repeat(42) + "o");
        return raw;
    }

    private static Hello.Welcome welcome(RawSession raw, Hello hello) throws Exception {
        assertThat(hello.toLine().charAt(64)).isEqualTo('r');
        Hello answer = raw.ask(hello);
        assertThat(answer).isInstanceOf(Hello.Welcome.class);
        return (Hello.Welcome) answer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
    void is_served_and_resumed_whatever_its_bytes_are(String header) throws Exception {
        start();
        try (Haproxy haproxy = new Haproxy("127.0.0.1", server.address(), 30_000, header)) {
            Hello.Welcome welcome;
            try (RawSession raw = raw(haproxy)) {
                welcome = welcome(raw, raw.hello());
                raw.frames(out -> RawSession.request(out, 1, "{}\n\n"));
                assertThat(raw.message()).endsWith("well, " + raw.port());
            }
            try (RawSession again = raw(haproxy)) {
                again.memory = welcome.memory();
                assertThat(welcome(again, again.resume(2)).epoch()).isEqualTo(2);
            }
        }
    }
}
