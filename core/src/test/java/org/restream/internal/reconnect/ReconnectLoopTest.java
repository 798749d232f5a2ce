package org.restream.internal.reconnect;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.restream.internal.reconnect.ScriptedResult.BROKEN;
import static org.restream.internal.reconnect.ScriptedResult.COMPLETED;
import static org.restream.internal.reconnect.ScriptedResult.COMPLETED_EMPTY;
import static org.restream.internal.reconnect.ScriptedResult.LOST_AFTER_HEADER;
import static org.restream.internal.reconnect.ScriptedResult.LOST_BEFORE_HEADER;
import static org.restream.internal.reconnect.ScriptedResult.REFUSED;
import static org.restream.internal.reconnect.ScriptedResult.UNKNOWN_HOST;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.ConnectionLostException;
import org.restream.FailureKind;
import org.restream.GaveUpException;
import org.restream.Reconnect;

/** Whole runs of a client, with each step in its order. */
class ReconnectLoopTest {
    private static final ClientOptions TWO =
            ClientOptions.defaults().servers("a", "b").retryDelay(ofMillis(200)).resetTimeout(3);

    @Test
    void servers_that_accept_and_reset_are_tried_in_turn_with_growing_waits() {
        ScriptedResult[] seven = new ScriptedResult[7];
        java.util.Arrays.fill(seven, LOST_BEFORE_HEADER);
        LoopRun run = LoopRun.of(TWO, seven);
        assertThat(run.waits)
                .extracting(wait -> wait.toMillis())
                .containsExactly(200L, 400L, 600L, 200L, 400L, 600L, 200L);
        assertThat(run.servers)
                .extracting(server -> server.host())
                .containsExactly("a", "b", "a", "b", "a", "b", "a", "b");
        assertThat(run.wasClosed).isTrue();
    }

    @Test
    void a_life_with_every_kind_of_loss() {
        LoopRun run = LoopRun.of(TWO, UNKNOWN_HOST, REFUSED, LOST_BEFORE_HEADER, LOST_AFTER_HEADER, COMPLETED);
        assertThat(run.failure).isNull();
        assertThat(run.wasClosed).isFalse();
        assertThat(run.steps)
                .containsExactly(
                        "Connecting[server=a:9967, attempt=1]",
                        "attempt a:9967",
                        "Failed[server=a:9967, attempt=1, failures=1, kind=LOOKUP, cause=java.net.UnknownHostException:"
                                + " nowhere]",
                        "Waiting[server=b:9967, attempt=2, failures=1, delay=PT0.2S]",
                        "wait 200",
                        "Connecting[server=b:9967, attempt=2]",
                        "attempt b:9967",
                        "Failed[server=b:9967, attempt=2, failures=2, kind=CONNECTION, cause=java.net.ConnectException:"
                                + " Connection refused]",
                        "Waiting[server=a:9967, attempt=3, failures=2, delay=PT0.4S]",
                        "wait 400",
                        "Connecting[server=a:9967, attempt=3]",
                        "attempt a:9967",
                        "Connected[server=a:9967, attempt=3]",
                        "Lost[server=a:9967, attempt=3, failures=3, bytesSent=5, bytesReceived=7, duration=PT0S,"
                                + " kind=CONNECTION, cause=org.restream.ConnectionLostException: lost before the header]",
                        "Waiting[server=b:9967, attempt=4, failures=3, delay=PT0.6S]",
                        "wait 600",
                        "Connecting[server=b:9967, attempt=4]",
                        "attempt b:9967",
                        "Connected[server=b:9967, attempt=4]",
                        "Lost[server=b:9967, attempt=4, failures=1, bytesSent=5, bytesReceived=7, duration=PT0S, "
                                + "kind=CONNECTION, cause=org.restream.ConnectionLostException: lost after the header]",
                        "Waiting[server=a:9967, attempt=5, failures=1, delay=PT0.2S]",
                        "wait 200",
                        "Connecting[server=a:9967, attempt=5]",
                        "attempt a:9967",
                        "Connected[server=a:9967, attempt=5]",
                        "Completed[server=a:9967, attempt=5, bytesSent=5, bytesReceived=7, duration=PT0S]");
    }

    @Test
    void the_timeline_of_the_documentation_is_so() {
        LoopRun run = LoopRun.of(
                TWO,
                REFUSED,
                LOST_BEFORE_HEADER,
                REFUSED,
                LOST_BEFORE_HEADER,
                LOST_AFTER_HEADER,
                LOST_BEFORE_HEADER,
                COMPLETED);
        assertThat(run.waits).extracting(wait -> wait.toMillis()).containsExactly(200L, 400L, 600L, 200L, 200L, 400L);
    }

    @Test
    void without_a_wait_there_is_no_Waiting() {
        LoopRun run = LoopRun.of(TWO.retryDelay(ofMillis(0)), REFUSED, COMPLETED);
        assertThat(run.waits).isEmpty();
        assertThat(run.events).noneMatch(event -> event instanceof ClientEvent.Waiting);
    }

    @Test
    void giving_up_is_told_after_the_last_failure() {
        LoopRun run = LoopRun.of(TWO.maxFailures(2), REFUSED, UNKNOWN_HOST);
        assertThat(run.failure).isInstanceOf(GaveUpException.class);
        assertThat(run.events.get(run.events.size() - 2)).isInstanceOf(ClientEvent.Failed.class);
        assertThat(run.events.get(run.events.size() - 1)).isEqualTo(new ClientEvent.GaveUp(2, 2, run.failure));
        assertThat(run.waits).containsExactly(ofMillis(200));
    }

    @Test
    void a_loss_in_UNTIL_CONNECTED_is_told_and_is_the_end() {
        LoopRun run = LoopRun.of(TWO.reconnect(Reconnect.UNTIL_CONNECTED), REFUSED, LOST_AFTER_HEADER);
        assertThat(run.failure).isInstanceOf(ConnectionLostException.class);
        assertThat(run.events.get(run.events.size() - 2)).isInstanceOf(ClientEvent.Lost.class);
        assertThat(run.events.get(run.events.size() - 1)).isEqualTo(new ClientEvent.GaveUp(2, 1, run.failure));
    }

    @Test
    void a_bug_of_the_handler_is_no_loss() {
        LoopRun run = LoopRun.of(TWO, BROKEN);
        assertThat(run.failure).isInstanceOf(IllegalStateException.class);
        assertThat(run.events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Connecting", "Connected", "Aborted", "GaveUp");
    }

    @Test
    void a_backoff_that_fails_does_not_hide_the_failure_before_it() {
        IllegalStateException bug = new IllegalStateException("no idea");
        LoopRun run = LoopRun.of(
                TWO.backoff(failures -> {
                    throw bug;
                }),
                REFUSED);
        assertThat(run.failure).isSameAs(bug);
        assertThat(run.events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Connecting", "Failed", "GaveUp");
    }

    @Test
    void ALWAYS_goes_on_at_once_after_a_header_and_after_one_timeout_without() {
        LoopRun run = LoopRun.of(TWO.reconnect(Reconnect.ALWAYS), REFUSED, COMPLETED, COMPLETED_EMPTY, COMPLETED);
        assertThat(run.steps)
                .filteredOn(step -> !step.contains("["))
                .containsExactly(
                        "attempt a:9967",
                        "wait 200",
                        "attempt b:9967",
                        "attempt b:9967",
                        "wait 200",
                        "attempt b:9967",
                        "attempt b:9967");
        assertThat(run.events).contains(new ClientEvent.Waiting(TWO.servers().get(1), 4, 0, ofMillis(200)));
        assertThat(run.wasClosed).isTrue();
    }

    @Test
    void an_attempt_that_this_side_could_not_make_has_failed_by_its_own_fault() throws Exception {
        List<ClientEvent> events = new ArrayList<>();
        ClientOptions once = TWO.maxFailures(1);
        ReconnectLoop loop = new ReconnectLoop(
                once,
                new ReconnectPolicy(once, () -> 0),
                (server, number, connected) -> {
                    throw new OutOfMemoryError("no thread, says a test");
                },
                delay -> {},
                events::add,
                () -> false);
        assertThat(loop.run()).isInstanceOf(GaveUpException.class);
        assertThat(events)
                .filteredOn(ClientEvent.Failed.class::isInstance)
                .extracting(event -> ((ClientEvent.Failed) event).kind())
                .containsExactly(FailureKind.HANDLER);
    }
}
