package org.restream.internal.reconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.ServerAddress;

/** The effect of close() and interrupts on the loop. {@link ReconnectLoopPropertyTest} checks that nothing follows. */
class ReconnectLoopCloseTest {
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<ClientEvent> events = new ArrayList<>();
    private final List<String> waits = new ArrayList<>();

    @Test
    void a_client_closed_before_it_starts_does_nothing() {
        closed.set(true);
        assertThatThrownBy(() -> loop((server, number, connected) -> {
                            throw new AssertionError("an attempt");
                        })
                        .run())
                .isInstanceOf(InterruptedException.class);
        assertThat(events).isEmpty();
    }

    @Test
    void what_has_completed_is_complete_also_where_close_came_at_the_same_moment() throws Exception {
        assertThat(loop((server, number, connected) -> closedMeanwhile(connected, ScriptedResult.COMPLETED))
                        .run())
                .isNull();
        assertThat(events.get(events.size() - 1)).isInstanceOf(ClientEvent.Completed.class);
    }

    @Test
    void what_close_has_cut_is_no_loss() {
        assertThatThrownBy(() -> loop((server, number, connected) ->
                                closedMeanwhile(connected, ScriptedResult.LOST_AFTER_HEADER))
                        .run())
                .isInstanceOf(InterruptedException.class);
        assertThat(events.get(events.size() - 1)).isInstanceOf(ClientEvent.Aborted.class);
    }

    @Test
    void an_interrupt_that_a_handler_leaves_behind_does_not_end_the_client() throws Exception {
        List<ScriptedResult> script =
                new ArrayList<>(List.of(ScriptedResult.LOST_AFTER_HEADER, ScriptedResult.COMPLETED));
        assertThat(loop((server, number, connected) -> {
                            connected.run();
                            Thread.currentThread().interrupt();
                            return script.remove(0).result();
                        })
                        .run())
                .isNull();
        assertThat(waits).containsExactly("PT30S, interrupted false");
    }

    private AttemptResult closedMeanwhile(Runnable connected, ScriptedResult result) {
        connected.run();
        closed.set(true);
        Thread.currentThread().interrupt();
        return result.result();
    }

    private ReconnectLoop loop(ReconnectLoop.Attempt attempts) {
        ClientOptions options = ClientOptions.defaults().servers(List.of(new ServerAddress("a", 1)));
        return new ReconnectLoop(
                options,
                new ReconnectPolicy(options, () -> 0),
                attempts,
                delay -> waits.add(
                        delay + ", interrupted " + Thread.currentThread().isInterrupted()),
                events::add,
                closed::get);
    }
}
