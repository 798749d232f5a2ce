package org.restream.internal.session.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.RestreamServer.Handler;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.internal.session.wire.Hello;
import org.restream.testing.RawSession;

/**
 * Clients that make a server hold things: answers that they do not read (CVE-2019-9517), or have not allowed; replies that wait for
 * a line that they do not read (CVE-2024-22189); sessions, and their names.
 */
@Timeout(60)
class HoardTest {
    private static final int ENDLESS = 64 * 1024 * 1024;

    private final AtomicLong written = new AtomicLong();
    private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
    private final Handler writer = (req, res) -> {
        byte[] piece = new byte[16 * 1024];
        try {
            for (int i = 0; i < ENDLESS / piece.length; i++) {
                res.write(piece);
                res.flush();
                written.addAndGet(piece.length);
            }
        } catch (java.io.IOException e) {
            failed.complete(e);
            throw e;
        }
    };

    /** Waits until the handler writes no more, since it may not. */
    private void blocks() {
        long before = -1;
        while (written.get() != before || before <= 0) {
            before = written.get();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertThat(written.get()).isLessThan(5 * 1024 * 1024);
    }

    @Test
    void an_answer_that_is_not_allowed_is_held_within_bounds_and_cut_in_the_end() throws Exception {
        try (Attacked attacked = new Attacked(Attacked.CONFIG, writer);
                RawSession raw = attacked.attacker()) {
            raw.frames(out -> RawSession.request(out, 1, "{\"a\":1}\n\n"));
            blocks();
            attacked.isBounded(1);
            String next = "";
            for (int i = 0; i < 130 && !next.startsWith("X"); i++) {
                attacked.clock.advance(Duration.ofSeconds(5));
                // it lives, and takes nothing
                raw.frames(out -> FrameEncoder.ping(out, false, 1));
                do {
                    next = raw.frame();
                    if (next.startsWith("P 0")) {
                        raw.frames(out -> FrameEncoder.ping(out, true, attacked.clock.nanoTime()));
                    }
                } while (!next.startsWith("P 1") && !next.startsWith("X"));
            }
            assertThat(next).isEqualTo("X 1 1 7");
            assertThat(failed.get(10, TimeUnit.SECONDS)).hasMessageContaining("taken");
            attacked.isBounded(1);
        }
    }

    @Test
    void who_reads_nothing_of_a_connection_loses_it() throws Exception {
        try (Attacked attacked = new Attacked(Attacked.CONFIG, writer);
                RawSession raw = attacked.attacker()) {
            raw.frames(out -> {
                RawSession.request(out, 1, "{\"a\":1}\n\n");
                FrameEncoder.ack(out, 1, 0, 0, 0, 1L << 40);
            });
            blocks();
            // pings that nobody will read the answers of
            for (int i = 0; i < 200; i++) {
                raw.frames(out -> FrameEncoder.ping(out, false, 1));
            }
            attacked.isBounded(1);
            for (int i = 0; i < 20 && !attacked.server.events.contains("away"); i++) {
                attacked.clock.advance(Duration.ofSeconds(5));
                raw.ignoringErrors(() -> raw.frames(out -> FrameEncoder.ping(out, false, 1)));
                attacked.goesOn();
            }
            while (!attacked.server.events.contains("away")) {
                Thread.onSpinWait();
            }
            attacked.clock.advance(Duration.ofSeconds(31));
            assertThat(failed.get(10, TimeUnit.SECONDS)).isNotNull();
            attacked.isBounded(1);
        }
    }

    @Test
    void sessions_get_less_where_memory_is_short_and_then_none() throws Exception {
        HostConfig small = new HostConfig(
                Duration.ofSeconds(30),
                256,
                1_000,
                1_000,
                1_000,
                1_000,
                4 * 1024 * 1024,
                Duration.ZERO,
                32 * 1024,
                Duration.ofSeconds(10),
                Duration.ZERO,
                Duration.ofSeconds(10));
        try (TestHost host = new TestHost(small, (req, res) -> res.end())) {
            long last = 256;
            int count = 0;
            List<RawSession> all = new ArrayList<>();
            while (true) {
                RawSession raw = new RawSession(host.address());
                all.add(raw);
                Hello answer = raw.ask(raw.hello());
                if (answer instanceof Hello.Refuse refuse) {
                    assertThat(refuse.code()).isEqualTo("busy");
                    break;
                }
                long places = ((Hello.Welcome) answer).exchanges();
                assertThat(places).isBetween(1L, last);
                last = places;
                count++;
            }
            assertThat(last).isEqualTo(1);
            assertThat(count).isBetween(50, 90);
            for (RawSession each : all) {
                each.ignoringErrors(() -> each.frames(out -> FrameEncoder.bye(out, 1, "")));
                each.close();
            }
            while (host.host.count() > 0) {
                Thread.onSpinWait();
            }
            assertThat(host.host.freeMemory()).isEqualTo(4 * 1024 * 1024);
        }
    }

    @Test
    void a_session_that_uses_all_its_places_gets_more() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (Attacked attacked = new Attacked(Attacked.CONFIG, (req, res) -> go.join());
                RawSession raw = new RawSession(attacked.server.address())) {
            Hello.Welcome welcome = (Hello.Welcome) raw.ask(raw.hello());
            assertThat(welcome.exchanges()).isBetween(1L, 16L);
            long opened = 0;
            for (long allowed = welcome.exchanges(); allowed < 64; allowed *= 2) {
                while (opened < allowed) {
                    long next = ++opened;
                    raw.frames(out -> RawSession.request(out, next, "{\"a\":1}\n\n"));
                }
                assertThat(raw.frame("M")).isEqualTo("M 0 0");
            }
            attacked.isBounded(64);
            go.complete(null);
        }
    }

    @Test
    void who_guesses_sessions_is_answered_some_times_and_then_not() throws Exception {
        try (Attacked attacked = new Attacked(Attacked.CONFIG, (req, res) -> res.end("{}"));
                RawSession known = attacked.attacker()) {
            for (int i = 0; i < FailedResumes.MOST; i++) {
                try (RawSession guess = new RawSession(attacked.server.address())) {
                    guess.memory = known.memory;
                    assertThat(guess.refused(guess.resume(2))).isEqualTo("unknown-session");
                }
            }
            try (RawSession guess = new RawSession(attacked.server.address())) {
                guess.memory = known.memory;
                guess.say(guess.resume(2).toLine().getBytes(StandardCharsets.UTF_8));
                assertThat(guess.frame()).isIn("end", "reset");
            }
            // to name another process is no guess, and who knows the key is not kept out
            try (RawSession other = new RawSession(attacked.server.address());
                    RawSession again = RawSession.again(attacked.server.address(), known)) {
                assertThat(other.refused(other.resume(2))).isEqualTo("unknown-session");
                assertThat(again.ask(again.resume(2))).isInstanceOf(Hello.Welcome.class);
            }
            attacked.isBounded(0);
            attacked.clock.advance(FailedResumes.WINDOW);
            try (RawSession guess = new RawSession(attacked.server.address())) {
                guess.memory = known.memory;
                assertThat(guess.refused(guess.resume(2))).isEqualTo("unknown-session");
            }
        }
    }

    @Test
    void a_session_is_taken_over_ten_times_in_ten_seconds_and_no_more() throws Exception {
        try (Attacked attacked = new Attacked(Attacked.CONFIG, (req, res) -> res.end("{}"));
                RawSession first = attacked.attacker()) {
            List<RawSession> all = new ArrayList<>();
            for (int epoch = 2; epoch < 2 + Takeovers.MOST; epoch++) {
                RawSession next = RawSession.again(attacked.server.address(), first);
                all.add(next);
                assertThat(next.ask(next.resume(epoch))).isInstanceOf(Hello.Welcome.class);
                assertThat(next.frame("Z")).startsWith("Z");
            }
            try (RawSession next = RawSession.again(attacked.server.address(), first)) {
                assertThat(next.refused(next.resume(20))).isEqualTo("busy");
            }
            attacked.isBounded(0);
            attacked.clock.advance(Takeovers.WINDOW);
            try (RawSession next = RawSession.again(attacked.server.address(), first)) {
                assertThat(next.ask(next.resume(21))).isInstanceOf(Hello.Welcome.class);
            }
            for (RawSession each : all) {
                each.close();
            }
        }
    }

    @Test
    void where_many_sessions_of_an_address_wait_new_ones_are_not_kept() throws Exception {
        HostConfig two = new HostConfig(
                Duration.ofSeconds(30),
                64,
                1_000,
                1_000,
                1_000,
                2,
                Attacked.MEMORY,
                Duration.ZERO,
                32 * 1024,
                Duration.ofSeconds(10),
                Duration.ZERO,
                Duration.ofSeconds(10));
        try (Attacked attacked = new Attacked(two, (req, res) -> res.end("{}"))) {
            for (int i = 0; i < 2; i++) {
                try (RawSession raw = new RawSession(attacked.server.address())) {
                    assertThat(((Hello.Welcome) raw.ask(raw.hello())).keepMillis())
                            .isEqualTo(30_000);
                    raw.reset();
                }
            }
            while (attacked.server.events.stream().filter("away"::equals).count() < 2) {
                Thread.onSpinWait();
            }
            try (RawSession raw = new RawSession(attacked.server.address())) {
                assertThat(((Hello.Welcome) raw.ask(raw.hello())).keepMillis()).isZero();
            }
            attacked.clock.advance(Duration.ofSeconds(31));
            try (RawSession raw = new RawSession(attacked.server.address())) {
                assertThat(((Hello.Welcome) raw.ask(raw.hello())).keepMillis()).isEqualTo(30_000);
            }
        }
    }

    @Test
    void who_comes_back_too_late_hears_what_became_of_its_exchanges() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        try (Attacked attacked = new Attacked(Attacked.CONFIG, (req, res) -> {
                    if (Long.valueOf(1).equals(req.header().getLong("a"))) {
                        res.end("{}");
                    } else {
                        runs.complete(null);
                        new java.util.concurrent.CountDownLatch(1).await();
                    }
                });
                RawSession raw = attacked.attacker()) {
            raw.frames(out -> {
                RawSession.request(out, 1, "{\"a\":1}\n\n");
                RawSession.request(out, 2, "{\"a\":2}\n\n");
            });
            assertThat(raw.message()).isNotEmpty();
            runs.get(10, TimeUnit.SECONDS);
            raw.reset();
            while (!attacked.server.events.contains("away")) {
                Thread.onSpinWait();
            }
            attacked.clock.advance(Duration.ofSeconds(31));
            for (int i = 0; i < 2; i++) {
                try (RawSession late = RawSession.again(attacked.server.address(), raw)) {
                    Hello.Refuse refusal = (Hello.Refuse) late.ask(late.resume(2 + i));
                    assertThat(refusal.code()).isEqualTo("expired");
                    assertThat(refusal.exchanges())
                            .containsExactlyInAnyOrder(new Hello.Left(1, "finished"), new Hello.Left(2, "running"));
                }
            }
            attacked.clock.advance(Tombstones.KEPT);
            try (RawSession late = RawSession.again(attacked.server.address(), raw)) {
                assertThat(late.refused(late.resume(9))).isEqualTo("unknown-session");
            }
        }
    }
}
