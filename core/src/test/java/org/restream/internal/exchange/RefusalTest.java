package org.restream.internal.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Refusal;

/** A server's handler or listener refuses a request: what the peer receives, and what is called afterwards. */
class RefusalTest extends EachWire {
    private static final String SAID = "{\"refused\":{\"reason\":\"disk full\",\"retryMs\":60000}}\n\n";

    private final Refusal no = new Refusal("disk full", Duration.ofMinutes(1));
    private final Calls calls = new Calls();

    private Trial server(Trial.Handler handler) throws Exception {
        return trial(Trial.ROOMY, Setup::server, handler);
    }

    private void listen(Incoming in) {
        in.onHeader(header -> calls.add("header"))
                .onText(calls::add)
                .onEnd(() -> calls.add("end"))
                .onError(error -> calls.add("error"));
    }

    private void refuse(String at, String now) throws Refusal {
        calls.add(now);
        if (at.equals(now)) {
            throw no;
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void wasSaid(Trial trial) throws Exception {
        assertThat(trial.peer.hearAll()).isEqualTo(SAID);
        Outcome outcome = trial.outcome();
        assertThat(outcome.reason()).isNull();
        assertThat(outcome.refusal()).isSameAs(no);
        assertThat(trial.link.isAborted()).isFalse();
    }

    @Test
    void is_the_whole_answer_of_a_handler_that_throws_it() throws Exception {
        try (Trial trial = server((in, out) -> {
            out.header("not", "said");
            throw no;
        })) {
            trial.peer.say("{}\n\nbody").finish();
            wasSaid(trial);
            assertThat(trial.outcome().bytesReceived()).isEqualTo(4);
        }
    }

    @Test
    void for_good_names_no_time() throws Exception {
        try (Trial trial = server((in, out) -> {
            throw new Refusal("not \"you\"");
        })) {
            assertThat(trial.peer.finish().hearAll()).isEqualTo("{\"refused\":{\"reason\":\"not \\\"you\\\"\"}}\n\n");
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000\u001b[2J", "\ud83d", "\ud83d\ude00", "</script>\n\n{}"})
    void says_any_reason(String reason) throws Exception {
        try (Trial trial = server((in, out) -> {
            throw new Refusal(reason);
        })) {
            String heard = trial.peer.finish().hearAll();
            assertThat(heard).endsWith("}\n\n").doesNotContain("\n\n{").doesNotContain("\u001b");
            assertThat(RefusalHeader.read(Header.parse(heard)).reason()).isEqualTo(reason);
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void with_a_reason_without_end_is_said_so_that_a_peers_limit_for_headers_allows_it() throws Exception {
        try (Trial trial = server((in, out) -> {
            throw new Refusal("\u0001".repeat(1_000_000), Duration.ofSeconds(1));
        })) {
            byte[] heard = trial.peer.finish().hearAllBytes();
            assertThat(heard.length).isLessThan(64 * 1024);
            assertThat(RefusalHeader.read(Header.parse(new String(heard, UTF_8)))
                            .reason())
                    .startsWith("\u0001\u0001\u0001")
                    .endsWith("…");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"write", "flush", "end", "keptOpen"})
    void after_the_answer_has_begun_is_a_reset(String begun) throws Exception {
        try (Trial trial = server((in, out) -> {
            switch (begun) {
                case "write" -> out.write("half");
                case "flush" -> out.flush();
                case "end" -> out.end("whole");
                default -> out.keepOpen().flush();
            }
            throw no;
        })) {
            Outcome outcome = trial.outcome();

            assertThat(outcome.reason()).isEqualTo(Reason.REFUSAL);
            assertThat(outcome.cause()).isSameAs(no);
            assertThat(outcome.refusal()).isNull();
            if (wire == Wire.PIPE || !begun.equals("end")) {
                // in a session the whole answer may have arrived before the exchange is cut
                trial.assertReset();
            }
        }
    }

    @Test
    void that_is_not_to_be_told_is_a_reset() throws Exception {
        try (Trial trial = trial(Trial.ROOMY, setup -> setup.server().refusals(false), (in, out) -> {
            throw no;
        })) {
            assertThat(trial.outcome().cause()).isSameAs(no);
            assertThatThrownBy(trial.peer::hearAll).hasMessageStartingWith(wire.reset);
        }
    }

    @Test
    void of_a_client_is_any_exception() throws Exception {
        try (Trial trial = trial((in, out) -> {
            throw no;
        })) {
            assertThat(trial.outcome().reason()).isEqualTo(Reason.HANDLER);
            assertThatThrownBy(trial.peer::hearAll).hasMessageStartingWith(wire.reset);
        }
    }

    @Test
    void reaches_a_peer_that_is_sending_a_large_request() throws Exception {
        try (Trial trial = trial(100, Setup::server, (in, out) -> {
            in.header();
            throw no;
        })) {
            byte[] request = ("{}\n\n" + "x".repeat(1_000_000)).getBytes(UTF_8);
            trial.peer.saySoon(request);
            wasSaid(trial);
            assertThat(trial.outcome().bytesReceived()).isEqualTo(1_000_000);
        }
    }

    @Test
    void calls_no_listener_that_the_handler_has_attached_before() throws Exception {
        try (Trial trial = server((in, out) -> {
            listen(in);
            throw no;
        })) {
            trial.peer.say("{}\n\nbody").finish();
            wasSaid(trial);
            calls.assertExactly();
        }
    }

    @Test
    void nor_where_the_peer_is_lost_afterwards() throws Exception {
        try (Trial trial = server((in, out) -> {
            listen(in);
            throw no;
        })) {
            assertThat(trial.peer.hearAll()).isEqualTo(SAID);
            trial.peer.cut();
            assertThat(trial.outcome().refusal()).isSameAs(no);
            assertThat(trial.outcome().reason()).isEqualTo(Reason.CONNECTION);
            calls.assertExactly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "data", "end"})
    void of_a_listener_calls_no_other_listener(String at) throws Exception {
        try (Trial trial = server((in, out) -> in.onHeader(header -> refuse(at, "header"))
                .onData(data -> refuse(at, "data"))
                .onEnd(() -> refuse(at, "end"))
                .onError(error -> calls.add("error")))) {
            trial.peer.say("{}\n\nbody").finish();
            wasSaid(trial);
            assertThat(calls.list()).endsWith(at).doesNotHaveDuplicates().doesNotContain("error");
        }
    }

    @Test
    void of_a_listener_that_has_half_a_character_is_said_all_the_same() throws Exception {
        try (Trial trial = server((in, out) -> in.onText(text -> {
            throw no;
        }))) {
            trial.peer.say("{}\n\na").say(new byte[] {(byte) 0xc3});
            trial.peer.finish();
            wasSaid(trial);
        }
    }

    @Test
    void of_a_listener_is_not_undone_by_what_the_handler_then_throws() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        try (Trial trial = server((in, out) -> {
            in.onHeader(header -> {
                throw no;
            });
            await(heard);
            out.write("the stream has ended under it");
        })) {
            trial.startSecond();
            trial.peer.say("{}\n\nbody").finish();
            assertThat(trial.peer.hear(SAID.length())).isEqualTo(SAID);
            heard.countDown();
            assertThat(trial.peer.hearAll()).isEmpty();
            assertThat(trial.outcome().reason()).isNull();
            assertThat(trial.outcome().refusal()).isSameAs(no);
            assertThat(no.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("the stream has ended: nothing can be written after end()");
        }
    }

    @Test
    void of_the_handler_waits_for_the_listener_that_is_running() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (Trial trial = server((in, out) -> {
            in.onHeader(header -> {
                running.countDown();
                Trial.get(go);
                calls.add("header");
            });
            in.onEnd(() -> calls.add("end"));
            await(running);
            throw no;
        })) {
            trial.startSecond();
            trial.peer.say("{}\n\nbody").finish();
            assertThat(trial.peer.hear(SAID.length())).isEqualTo(SAID);
            assertThat(trial.isOver()).isFalse();
            go.complete(null);
            assertThat(trial.outcome().refusal()).isSameAs(no);
            calls.assertExactly("header");
        }
    }

    @Test
    void of_a_thread_with_an_interrupt_flag_is_said() throws Exception {
        try (Trial trial = server((in, out) -> {
            Thread.currentThread().interrupt();
            throw no;
        })) {
            trial.peer.finish();
            wasSaid(trial);
        }
    }
}
