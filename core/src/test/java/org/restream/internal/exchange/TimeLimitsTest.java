package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.restream.ConnectionLostException;
import org.restream.MalformedHeaderException;
import org.restream.Outgoing;
import org.restream.internal.link.Link;
import org.restream.testing.ManualTimer;
import org.restream.testing.PipeLink;

/** Time-outs, with a clock that the test advances. */
class TimeLimitsTest extends EachWire {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration ALMOST = LIMIT.minusMillis(1);
    private static final Duration MILLI = Duration.ofMillis(1);

    private Trial trial(Duration header, Duration idle, int capacity, Trial.Handler handler) throws Exception {
        return trial(
                capacity,
                setup -> setup.maxHeaderBytes(100).headerTimeout(header).idleTimeout(idle),
                handler);
    }

    private Trial headerLimit(Trial.Handler handler) throws Exception {
        return trial(LIMIT, Duration.ZERO, Trial.ROOMY, handler);
    }

    private Trial idleLimit(int capacity, Trial.Handler handler) throws Exception {
        notInSessions("a session has no limit for an exchange in which nothing moves");
        return trial(Duration.ZERO, LIMIT, capacity, handler);
    }

    @Test
    void a_header_that_takes_too_long_is_none() throws Exception {
        try (Trial trial = headerLimit((in, out) -> in.header())) {
            trial.peer.say("{\"a\":");
            trial.link.awaitReader();
            trial.timer.advance(LIMIT);

            Outcome outcome = trial.outcome();
            assertThat(outcome.reason().isOurs()).isFalse();
            assertThat(outcome.cause())
                    .isInstanceOf(MalformedHeaderException.class)
                    .hasMessage("no whole header within 30 s, only 5 bytes of one");
            assertThat(trial.link.isAborted()).isTrue();
        }
    }

    @Test
    void its_time_runs_only_while_something_waits_for_it() throws Exception {
        CompletableFuture<Void> written = new CompletableFuture<>();
        CompletableFuture<Void> late = new CompletableFuture<>();
        try (Trial trial = headerLimit((in, out) -> {
            out.write("I write first");
            out.flush();
            written.complete(null);
            Trial.get(late);
            assertThat(in.header()).containsEntry("a", 1L);
        })) {
            trial.peer.say("{\"a\":1}\n\n").finish();
            Trial.get(written);
            trial.timer.advance(LIMIT.multipliedBy(2));
            late.complete(null);

            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @Test
    void one_that_came_in_time_lets_the_body_take_longer() throws Exception {
        CompletableFuture<Void> known = new CompletableFuture<>();
        try (Trial trial = headerLimit((in, out) -> {
            in.header();
            known.complete(null);
            assertThat(in.readText()).isEqualTo("late");
        })) {
            trial.link.awaitReader();
            trial.timer.advance(ALMOST);
            trial.peer.say("{}\n\n");
            Trial.get(known);
            trial.timer.advance(LIMIT);
            trial.peer.say("late").finish();

            assertThat(trial.outcome().cause()).isNull();
            assertThat(trial.timer.pending()).isZero();
        }
    }

    @Test
    void silence_in_both_directions_is_a_loss() throws Exception {
        try (Trial trial = idleLimit(Trial.ROOMY, (in, out) -> in.readText())) {
            trial.link.awaitReader();
            trial.timer.advance(ALMOST);
            assertThat(trial.isOver()).isFalse();
            trial.timer.advance(MILLI);

            Outcome outcome = trial.outcome();
            assertThat(outcome.reason().isOurs()).isFalse();
            assertThat(outcome.cause())
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessage("lost before the header, 0 body bytes sent: no byte moved in either direction for 30 s"
                            + " (idleTimeout)");
        }
    }

    @Test
    void a_byte_in_either_direction_is_no_silence() throws Exception {
        CompletableFuture<Outgoing> kept = new CompletableFuture<>();
        Calls calls = new Calls();
        try (Trial trial = idleLimit(Trial.ROOMY, (in, out) -> {
            in.onText(calls::add);
            kept.complete(out);
        })) {
            Outgoing out = Trial.get(kept);
            trial.timer.advance(ALMOST);
            trial.peer.say("{}\n\nread");
            calls.await("read");
            trial.timer.advance(ALMOST);
            out.write("written");
            out.flush();
            trial.timer.advance(ALMOST);
            trial.peer.say("again");
            calls.await("again");
            trial.timer.advance(ALMOST);
            assertThat(trial.isOver()).isFalse();
            trial.timer.advance(MILLI);

            assertThat(trial.outcome().cause()).hasMessageContaining("idleTimeout");
            assertThat(trial.timer.pending()).isZero();
        }
    }

    @Test
    void a_write_that_the_peer_does_not_take_is_silence_too() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (Trial trial = idleLimit(1_000, (in, out) -> {
            try {
                out.write(new byte[100_000]);
            } catch (ConnectionLostException e) {
                thrown.complete(e);
                throw e;
            }
        })) {
            trial.link.awaitBlockedWriter();
            trial.timer.advance(LIMIT);

            assertThat(Trial.get(thrown)).hasMessageContaining("no byte moved in either direction for 30 s");
            assertThat(trial.outcome().reason().isOurs()).isFalse();
            assertThat(trial.link.isAborted()).isTrue();
        }
    }

    @Test
    void an_exchange_that_is_over_leaves_no_timer() throws Exception {
        try (Trial trial = trial(LIMIT, LIMIT, Trial.ROOMY, (in, out) -> {})) {
            trial.peer.finish();
            assertThat(trial.outcome().cause()).isNull();
            assertThat(trial.timer.pending()).isZero();
        }
    }

    @Test
    void what_nobody_reads_may_not_come_too_slowly_once_our_message_has_ended() throws Exception {
        try (Trial trial = trial((in, out) -> out.end("answer"))) {
            assertThat(trial.peer.hearAll()).isEqualTo("{}\n\nanswer");
            trial.peer.say("{}\n\n").say("first");
            trial.link.awaitReader();
            trial.timer.advance(DropLimit.TIME.plusSeconds(1));
            assertThat(trial.isOver()).isFalse();
            trial.peer.say("and another");

            Outcome outcome = trial.outcome();
            assertThat(outcome.reason().isOurs()).isFalse();
            assertThat(outcome.cause())
                    .hasMessageEndingWith(
                            "the peer keeps sending, and nobody reads it: only 16 bytes, for more than 30 s"
                                    + " since our message ended");
        }
    }

    @Test
    void a_peer_that_is_silent_after_our_end_may_be_reading_it_and_is_waited_for() throws Exception {
        try (Trial trial = trial((in, out) -> out.end("answer"))) {
            trial.peer.hearAll();
            trial.link.awaitReader();
            trial.timer.advance(DropLimit.TIME.multipliedBy(100));
            trial.peer.say("{}\n\n").say(new byte[100_000]).finish();

            Outcome outcome = trial.outcome();
            assertThat(outcome.reason()).isNull();
            assertThat(outcome.bytesReceived()).isEqualTo(100_000);
            assertThat(trial.timer.pending()).isZero();
        }
    }

    @Test
    void the_limit_holds_with_listeners_too() throws Exception {
        try (Trial trial = trial(Trial.ROOMY, Setup::server, (in, out) -> {
            in.onHeader(header -> out.end("answer"));
        })) {
            trial.peer.say("{}\n\n").say("first");
            assertThat(trial.peer.hearAll()).isEqualTo("{}\n\nanswer");
            trial.link.awaitReader();
            trial.timer.advance(DropLimit.TIME.plusSeconds(1));
            trial.peer.say("and another");

            assertThat(trial.outcome().cause()).hasMessageContaining("the peer keeps sending, and nobody reads it");
        }
    }

    @Test
    void who_lives_longer_than_a_moment_is_looked_after_by_the_system() throws Exception {
        notInSessions("the session looks after its connection");
        try (Trial trial = trial(Duration.ZERO, Duration.ZERO, Trial.ROOMY, (in, out) -> in.header())) {
            trial.link.awaitReader();
            trial.timer.advance(Duration.ofSeconds(5).minus(MILLI));
            assertThat(trial.pipe().isKeptAlive()).isFalse();
            trial.timer.advance(MILLI);
            assertThat(trial.pipe().isKeptAlive()).isTrue();

            trial.peer.say("{}\n\n").finish();
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void who_does_not_leaves_nothing_to_do() throws Exception {
        try (Trial trial = trial(Duration.ZERO, Duration.ZERO, Trial.ROOMY, (in, out) -> in.header())) {
            trial.peer.say("{}\n\n").finish();
            assertThat(trial.outcome().reason()).isNull();
            assertThat(trial.timer.pending()).isZero();
        }
    }

    /** A peer that sends its header, and then zeros for ever. */
    private static final class Endless implements Link {
        private boolean said;
        private volatile boolean aborted;

        @Override
        public int read(ByteBuffer into) {
            if (!said) {
                said = true;
                into.put((byte) '{').put((byte) '}').put((byte) '\n').put((byte) '\n');
                return 4;
            }
            int count = into.remaining();
            into.position(into.limit());
            return count;
        }

        @Override
        public void write(ByteBuffer from) {
            from.position(from.limit());
        }

        @Override
        public void finish() {}

        @Override
        public void close() {
            throw new AssertionError("not a clean end");
        }

        @Override
        public void abort() {
            aborted = true;
        }
    }

    @Test
    void what_nobody_reads_is_dropped_up_to_so_many_bytes_and_no_further() {
        notInSessions("it has a link of its own");
        Endless endless = new Endless();
        Setup setup = Setup.of(new ManualTimer(), work -> new Thread(work), thrown -> {});
        Outcome outcome = new Exchange(
                        endless, new ExchangePeer(PipeLink.pair(1).get(0), 1), setup.config(), Duration.ZERO)
                .run(() -> {});

        assertThat(outcome.reason().isOurs()).isFalse();
        assertThat(outcome.cause()).hasMessageEndingWith("more than 1073741824 bytes since our message ended");
        assertThat(outcome.bytesReceived()).isBetween(1L << 30, (1L << 30) + 64 * 1024);
        assertThat(endless.aborted).isTrue();
    }

    @Test
    void a_thread_that_reads_on_while_the_rest_is_dropped_does_not_take_it_for_the_whole() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (Trial trial = trial(100, terms -> terms, (in, out) -> {
            out.keepOpen();
            Thread reader = new Thread(() -> {
                try {
                    in.read();
                    begun.complete(null);
                    Trial.get(go);
                    in.readAllBytes();
                    thrown.complete(new AssertionError("took what was left for the whole"));
                } catch (Throwable e) {
                    thrown.complete(e);
                }
            });
            reader.start();
        })) {
            trial.peer.say("{}\n\nx");
            Trial.get(begun);
            trial.exchange.outgoing().end();
            trial.peer.say(new byte[10_000]).finish();
            trial.outcome();
            go.complete(null);

            assertThat(Trial.get(thrown)).isInstanceOf(IOException.class).hasMessageContaining("discarded");
            assertThatThrownBy(trial.exchange.incoming()::read).hasMessageContaining("discarded");
        }
    }
}
