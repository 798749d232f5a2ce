package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.restream.RestreamException;

/** This side ends an exchange early, from inside and from outside. */
class AbortTest extends EachWire {
    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void abort_resets_and_all_that_follows_fails() throws Exception {
        CountDownLatch said = new CountDownLatch(1);
        try (Trial trial = trial((in, out) -> {
            await(said);
            assertThat(in.read()).isEqualTo('b');
            out.write("half");
            out.abort();
            out.abort();
            assertThatThrownBy(in::read).hasMessageContaining("aborted by this side");
            assertThatThrownBy(() -> out.write("x")).hasMessageContaining("aborted by this side");
        })) {
            trial.peer.say("{}\n\nbody");
            said.countDown();
            Outcome outcome = trial.outcome();

            assertThat(outcome.reason().isOurs()).isTrue();
            assertThat(outcome.cause()).isInstanceOf(RestreamException.class).hasMessageContaining("aborted");
            trial.assertReset();
        }
    }

    @Test
    void abort_after_both_messages_have_ended_does_nothing() throws Exception {
        try (Trial trial = trial((in, out) -> {
            assertThat(in.readText()).isEqualTo("body");
            out.end("answer");
            out.abort();
        })) {
            trial.peer.say("{}\n\nbody").finish();

            assertThat(trial.outcome().reason()).isNull();
            assertThat(trial.peer.hearAll()).isEqualTo("{}\n\nanswer");
            trial.exchange.outgoing().abort();
        }
    }

    @Test
    void abort_from_another_thread_ends_a_read_that_waits() throws Exception {
        try (Trial trial = trial((in, out) -> in.read())) {
            trial.link.awaitReader();
            trial.exchange.outgoing().abort();

            assertThat(trial.outcome().reason().isOurs()).isTrue();
            trial.assertReset();
        }
    }

    @Test
    void and_a_write_that_waits() throws Exception {
        try (Trial trial = trial(100, terms -> terms, (in, out) -> out.write(new byte[100_000]))) {
            trial.link.awaitBlockedWriter();
            trial.exchange.outgoing().abort();

            assertThat(trial.outcome().reason().isOurs()).isTrue();
            trial.assertReset();
        }
    }
}
