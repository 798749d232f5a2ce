package org.restream.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.ServerEvent;
import org.restream.SessionLimits;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.MemoryId;
import org.restream.internal.session.wire.Proof;
import org.restream.internal.session.wire.SessionId;
import org.restream.internal.session.wire.SessionKey;
import org.restream.testing.RawSession;

/** Who may come back to a session, and that nobody else touches it. */
class SessionStrangersTest {
    /** That of the pair's own session is empty. */
    private static final String REQUEST = "{\"a\":1}\n\n";

    private final CompletableFuture<Void> interrupted = new CompletableFuture<>();
    private final CompletableFuture<Void> go = new CompletableFuture<>();
    private SessionPair pair;
    private InetSocketAddress server;

    @BeforeEach
    void listen() throws Exception {
        listen(SessionLimits.defaults());
    }

    private void listen(SessionLimits limits) throws Exception {
        pair = SessionPair.of(SessionPair.options(limits).headerTimeout(Duration.ofMillis(500)), (req, res) -> {
            if (req.header().isEmpty()) {
                return;
            }
            try {
                go.get();
                res.end("well");
            } catch (InterruptedException e) {
                interrupted.complete(null);
                throw e;
            }
        });
        // only raw ones are looked at
        pair.session.exchange((req, res) -> null);
        pair.session.close();
        pair.atServer.await(ServerEvent.SessionEnded.class);
        server = pair.server.address();
    }

    @AfterEach
    void close() {
        pair.close();
    }

    /** A session in which an exchange lives. */
    private RawSession live() throws Exception {
        RawSession raw = RawSession.begun(server);
        raw.frames(out -> {
            RawSession.request(out, 1, REQUEST);
            FrameEncoder.ping(out, false, 1);
        });
        // it has come
        assertThat(raw.frame("P")).isEqualTo("P 1 0");
        pair.atServer.await(ServerEvent.SessionOpened.class);
        return raw;
    }

    /** The session goes on as if nothing had been. */
    private void isUntouched(RawSession raw) throws Exception {
        raw.frames(out -> FrameEncoder.ping(out, false, 7));
        assertThat(raw.frame("P")).isEqualTo("P 1 0");
        go.complete(null);
        assertThat(raw.message()).endsWith("well");
        assertThat(pair.atServer.names()).doesNotContain("Fenced", "Away", "Resumed");
    }

    @Test
    void whoever_does_not_prove_it_gets_one_answer_whatever_is_wrong() throws Exception {
        try (RawSession raw = live()) {
            SessionKey otherKey = SessionKey.random(RawSession.RANDOM);
            SessionId otherId = SessionId.random(RawSession.RANDOM);
            MemoryId otherMemory = MemoryId.random(RawSession.RANDOM);
            Hello[] wrong = {
                new Hello.Resume(raw.id, raw.memory, 2, Proof.ofResume(otherKey, raw.id, raw.memory, 2), 0),
                new Hello.Resume(raw.id, raw.memory, 2, Proof.ofResume(raw.key, raw.id, raw.memory, 3), 0),
                new Hello.Resume(raw.id, raw.memory, 2, Proof.ofWelcome(raw.key, raw.id, raw.memory, 2), 0),
                new Hello.Resume(otherId, raw.memory, 2, Proof.ofResume(raw.key, otherId, raw.memory, 2), 0),
                new Hello.Resume(raw.id, otherMemory, 2, Proof.ofResume(raw.key, raw.id, otherMemory, 2), 0)
            };
            for (Hello hello : wrong) {
                try (RawSession stranger = new RawSession(server)) {
                    assertThat(stranger.ask(hello)).isInstanceOfSatisfying(Hello.Refuse.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo("unknown-session");
                        assertThat(refusal.text()).isEmpty();
                        assertThat(refusal.memory()).isEqualTo(raw.memory);
                    });
                    assertThat(stranger.frame()).isEqualTo("end");
                }
                pair.atServer.await(ServerEvent.Rejected.class);
            }
            isUntouched(raw);
        }
    }

    @Test
    void a_new_session_of_the_same_name_is_refused() throws Exception {
        try (RawSession raw = live();
                RawSession twin = RawSession.again(server, raw)) {
            assertThat(twin.refused(twin.hello())).isEqualTo("fenced");
            isUntouched(raw);
        }
    }

    @Test
    void a_larger_epoch_takes_it_over_at_once_and_a_smaller_one_never() throws Exception {
        try (RawSession raw = live();
                RawSession next = RawSession.again(server, raw)) {
            Hello.Welcome welcome = (Hello.Welcome) next.ask(next.resume(5));
            assertThat(welcome.epoch()).isEqualTo(5);
            assertThat(welcome.seen()).isEqualTo(1);
            assertThat(welcome.proof()).isEqualTo(Proof.ofWelcome(raw.key, raw.id, raw.memory, 5));
            assertThat(raw.frame("D")).isIn("end", "reset");
            assertThat(pair.atServer.await(ServerEvent.Fenced.class).session()).isNotEmpty();
            for (long epoch : new long[] {2, 4, 5}) {
                try (RawSession late = RawSession.again(server, raw)) {
                    assertThat(late.refused(late.resume(epoch))).isEqualTo("fenced");
                }
            }
            assertThat(next.frame()).isEqualTo("A 3 1");
            assertThat(next.frame()).isEqualTo("Z 0 0");
            // what is sent before our listing is complete would be against the rules
            next.frames(out -> {
                FrameEncoder.ack(out, 1, 2, 0, 0, 32_768);
                FrameEncoder.listed(out, 1);
            });
            go.complete(null);
            assertThat(next.message()).endsWith("well");
            assertThat(pair.calls).hasValue(2);
        }
    }

    @Test
    void an_attempt_that_fails_gives_no_more_time_and_takes_none() throws Exception {
        close();
        listen(SessionLimits.defaults().keep(Duration.ofMillis(700)));
        try (RawSession raw = live()) {
            raw.reset();
            pair.atServer.await(ServerEvent.Away.class);
            try (RawSession failed = RawSession.again(server, raw)) {
                failed.say(failed.resume(2).toLine().getBytes(UTF_8)).reset();
            }
            pair.atServer.await(ServerEvent.Resumed.class);
            try (RawSession next = RawSession.again(server, raw)) {
                assertThat(next.ask(next.resume(3))).isInstanceOf(Hello.Welcome.class);
                next.frames(out -> {
                    FrameEncoder.ack(out, 1, 2, 0, 0, 32_768);
                    FrameEncoder.listed(out, 1);
                });
                // longer than the session was to be kept after either loss
                assertThat(new CountDownLatch(1).await(1, TimeUnit.SECONDS)).isFalse();
                go.complete(null);
                assertThat(next.message()).endsWith("well");
            }
        }
    }

    @Test
    void who_does_not_come_back_in_time_has_its_handler_interrupted() throws Exception {
        close();
        listen(SessionLimits.defaults().keep(Duration.ofMillis(100)));
        try (RawSession raw = live()) {
            raw.reset();
            interrupted.get(10, TimeUnit.SECONDS);
            assertThat(pair.atServer.await(ServerEvent.SessionEnded.class).cause())
                    .hasMessageContaining("did not come back in time");
            try (RawSession late = RawSession.again(server, raw)) {
                assertThat(late.refused(late.resume(2))).isIn("unknown-session", "expired");
            }
        }
    }

    @Test
    void a_first_line_has_its_limit_of_bytes() throws Exception {
        for (int length : new int[] {Hello.MAX_LINE, Hello.MAX_LINE + 1}) {
            try (RawSession raw = new RawSession(server)) {
                String line = raw.hello().toLine().replace("}\n", "");
                String padded = line + ",\"x\":\"" + "x".repeat(length - line.length() - 9) + "\"}\n";
                assertThat(padded).hasSize(length);
                raw.say(padded.getBytes(UTF_8));
                assertThat(raw.answer())
                        .isInstanceOf(length == Hello.MAX_LINE ? Hello.Welcome.class : Hello.Refuse.class);
            }
        }
    }

    @Test
    void a_first_line_that_does_not_come_to_its_end_is_cut_off_in_time() throws Exception {
        try (RawSession raw = new RawSession(server)) {
            raw.say("restream/1 new {".getBytes(UTF_8));
            assertThat(raw.frame()).isIn("end", "reset");
            pair.atServer.await(ServerEvent.Rejected.class);
        }
    }

    @Test
    void a_first_line_may_come_byte_by_byte() throws Exception {
        try (RawSession raw = new RawSession(server)) {
            for (byte next : raw.hello().toLine().getBytes(UTF_8)) {
                raw.say(new byte[] {next});
            }
            assertThat(raw.answer()).isInstanceOf(Hello.Welcome.class);
        }
    }

    @Test
    void wrong_first_lines_are_refused_and_the_server_goes_on() throws Exception {
        String[] wrong = {
            "restream/1 new {}\n",
            "restream/1 new nonsense\n",
            "restream/1 hello {}\n",
            "restream/1 welcome {}\n",
            "restream/2 new {}\n",
            "restream/1 new\n",
            "rest of the world\n"
        };
        for (String line : wrong) {
            try (RawSession raw = new RawSession(server)) {
                raw.say(line.getBytes(UTF_8));
                assertThat(raw.answer())
                        .as(line)
                        .isInstanceOfSatisfying(
                                Hello.Refuse.class,
                                refusal -> assertThat(refusal.code())
                                        .isEqualTo(line.startsWith("restream/2") ? "version" : "malformed"));
                assertThat(raw.frame()).isEqualTo("end");
            }
        }
        try (RawSession raw = live()) {
            isUntouched(raw);
        }
    }

    @Test
    void sessions_have_a_limit_which_those_that_are_lost_with_nothing_in_them_do_not_fill() throws Exception {
        close();
        listen(SessionLimits.defaults().sessionsPerAddress(2));
        try (RawSession first = live();
                RawSession second = RawSession.begun(server)) {
            pair.atServer.await(ServerEvent.SessionOpened.class);
            try (RawSession third = new RawSession(server)) {
                assertThat(third.ask(third.hello())).isInstanceOfSatisfying(Hello.Refuse.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("busy");
                    assertThat(refusal.retryMillis()).isPositive();
                });
            }
            second.reset();
            pair.atServer.await(ServerEvent.Away.class);
            try (RawSession third = RawSession.begun(server)) {
                assertThat(third.memory).isEqualTo(first.memory);
                isLive(first);
            }
        }
    }

    private void isLive(RawSession raw) throws Exception {
        go.complete(null);
        assertThat(raw.message()).endsWith("well");
    }
}
