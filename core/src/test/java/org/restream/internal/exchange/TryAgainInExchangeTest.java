package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ConnectionLostException;
import org.restream.TryAgainException;

/** {@link TryAgainException} together with other events in the same exchange. */
class TryAgainInExchangeTest extends EachWire {
    private final TryAgainException again = new TryAgainException("again");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_handler_that_asks_for_it_gets_it_though_the_peer_has_stopped_reading(boolean listening) throws Exception {
        try (Trial trial = trial(1_000, terms -> terms, (in, out) -> {
            if (listening) {
                in.onEnd(() -> {});
            }
            throw new TryAgainException(catchThrowable(() -> out.write(new byte[100_000])));
        })) {
            trial.link.awaitBlockedWriter();
            trial.peer.say("{}\n\nanswer").finish().stopReading();

            assertThat(trial.outcome().reason()).isEqualTo(Reason.TRY_AGAIN);
            assertThat(trial.outcome().cause()).isInstanceOf(TryAgainException.class);
        }
    }

    @Test
    void after_a_loss_it_is_the_loss() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            thrown.complete(catchThrowable(in::read));
            throw again;
        })) {
            trial.peer.cut();
            assertThat(Trial.get(thrown)).isInstanceOf(ConnectionLostException.class);
            assertThat(trial.outcome().reason()).isEqualTo(Reason.CONNECTION);
        }
    }

    @Test
    void after_both_messages_have_ended_it_is_still_heard() throws Exception {
        try (Trial trial = trial((in, out) -> {
            out.end("question");
            in.readAllBytes();
            throw again;
        })) {
            trial.peer.say("{}\n\nanswer").finish();
            assertThat(trial.outcome().reason()).isEqualTo(Reason.TRY_AGAIN);
            assertThat(trial.outcome().cause()).isSameAs(again);
        }
    }

    @Test
    void of_a_listener_that_comes_after_all_is_over_it_can_only_be_logged() throws Exception {
        try (Trial trial = trial((in, out) -> {})) {
            trial.peer.say("{}\n\n").finish();
            assertThat(trial.outcome().reason()).isNull();
            trial.exchange.incoming().onEnd(() -> {
                throw again;
            });
            assertThat(trial.unheard).containsExactly(again);
        }
    }
}
