package org.restream.internal.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.restream.internal.client.ScriptedLink.LOST;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ClientOptions;
import org.restream.ConnectionLostException;
import org.restream.FailureKind;
import org.restream.Header;
import org.restream.Outgoing;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.reconnect.AttemptResult;
import org.restream.internal.reconnect.ReconnectLoop;
import org.restream.internal.reconnect.ReconnectPolicy;

/**
 * Bugs that similar programs have had, each as the rule that it broke. {@link FieldFaultsOfConnectingTest} has those of
 * connecting.
 */
class FieldFaultsTest {
    private static final ClientOptions ONE =
            ClientOptions.defaults().servers("a").retryDelay(ofMillis(100));

    private final ManualClock clock = new ManualClock();

    @Test
    void one_loss_makes_one_wait_though_reading_and_writing_both_notice_it() throws Exception {
        List<Throwable> noticed = new ArrayList<>();
        Life life = life(ONE, Life.inTurn(new ScriptedLink(LOST), new ScriptedLink("{}\n\n")), (req, res) -> {
            noticed.add(catchThrowable(() -> {
                req.write("text");
                req.flush();
            }));
            noticed.add(catchThrowable(res::header));
        });
        assertThat(life.run()).isNull();
        assertThat(noticed.subList(0, 2)).hasOnlyElementsOfType(ConnectionLostException.class);
        assertThat(noticed.subList(2, 4)).containsOnlyNulls();
        assertThat(life.waits).containsExactly(ofMillis(100));
        assertThat(life.names())
                .containsExactly("Connecting", "Connected", "Lost", "Waiting", "Connecting", "Connected", "Completed");
    }

    @Test
    void one_failure_calls_each_callback_once() throws Exception {
        List<String> calls = new ArrayList<>();
        Life life = life(ONE.maxFailures(1), Life.inTurn(new ScriptedLink("{}\n\n", "body", LOST)), (req, res) -> {
            res.onHeader(header -> calls.add("header"));
            res.onText(calls::add);
            res.onEnd(() -> calls.add("end"));
            res.onError(error -> {
                calls.add("error");
                // the listener notices the loss again by a call of its own
                calls.add(String.valueOf(catchThrowable(req::flush) instanceof ConnectionLostException));
                req.abort();
                throw new IllegalStateException("a bug in the listener");
            });
        });
        assertThat(life.run()).hasMessageStartingWith("gave up after 1 failed attempt");
        assertThat(calls).containsExactly("header", "body", "error", "true");
        assertThat(life.names()).containsExactly("Connecting", "Connected", "Lost", "GaveUp");
    }

    @Test
    void a_connection_that_is_only_made_does_not_set_the_count_back() throws Exception {
        Life life = life(
                ONE.maxFailures(4),
                server -> new ScriptedLink(LOST),
                (req, res) -> assertThat(res.header()).isNotNull());
        assertThat(life.run()).hasMessageStartingWith("gave up after 4 failed attempts");
        assertThat(life.waits).containsExactly(ofMillis(100), ofMillis(200), ofMillis(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}\n\n", "{}\n\nbody", ""})
    void a_clean_end_is_no_loss(String message) throws Exception {
        ScriptedLink link = message.isEmpty() ? new ScriptedLink() : new ScriptedLink(message);
        Life life = life(
                ONE.allowEmptyAnswer(true),
                Life.inTurn(link),
                (req, res) -> assertThat(res.readText()).isEqualTo(message.endsWith("body") ? "body" : ""));
        assertThat(life.run()).isNull();
        assertThat(life.waits).isEmpty();
        assertThat(life.names()).containsExactly("Connecting", "Connected", "Completed");
    }

    @Test
    void jitter_spreads_a_fleet_also_where_its_waits_are_longest() {
        ClientOptions options = ClientOptions.defaults().jitter(0.2);
        List<Duration> fleet = new ArrayList<>();
        for (int client = 0; client <= 100; client++) {
            double chance = client / 100.0;
            ReconnectPolicy.Decision next = new ReconnectPolicy(options, () -> chance)
                    .after(
                            new ReconnectPolicy.State(0, 10, 9, 0),
                            new AttemptResult.NotConnected(new IOException("refused"), FailureKind.CONNECTION));
            fleet.add(((ReconnectPolicy.Decision.Retry) next).delay());
        }
        assertThat(fleet).doesNotHaveDuplicates().allMatch(wait -> wait.compareTo(ofSeconds(300)) <= 0);
        assertThat(fleet.get(0)).isEqualTo(ofSeconds(300));
        assertThat(fleet.get(100)).isEqualTo(ofSeconds(240));
    }

    @Test
    void clients_have_a_delay_of_their_own() throws Exception {
        List<Duration> inner = new ArrayList<>();
        List<Duration> outer = new ArrayList<>();
        // a second client with the very same options starts and ends between the failures of the first
        loop(outer, () -> {
                    if (outer.size() == 2) {
                        loop(inner, () -> {}).run();
                    }
                })
                .run();
        assertThat(outer).containsExactly(ofMillis(100), ofMillis(200), ofMillis(300), ofMillis(400));
        assertThat(inner).isEqualTo(outer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"half\":", "{\"whole\":2}", "{\"whole\":2}\n"})
    void what_a_lost_connection_left_unparsed_does_not_touch_the_next(String half) throws Exception {
        List<Header> headers = new ArrayList<>();
        Life life = life(
                ONE,
                Life.inTurn(
                        new ScriptedLink(half, LOST),
                        new ScriptedLink(half),
                        new ScriptedLink("{\"whole\":1}\n\nbody")),
                (req, res) -> {
                    headers.add(res.header());
                    assertThat(res.readText()).isEqualTo("body");
                });
        assertThat(life.run()).isNull();
        assertThat(headers).containsExactly(Header.of("whole", 1));
        assertThat(life.waits).containsExactly(ofMillis(100), ofMillis(200));
    }

    @Test
    void a_write_that_a_peer_stalls_ends_with_the_idleTimeout() throws Exception {
        StalledLink link = new StalledLink();
        CompletableFuture<Throwable> result = new CompletableFuture<>();
        Life life = life(ONE.idleTimeout(ofSeconds(60)).maxFailures(1), Life.inTurn(link), FieldFaultsTest::writeMuch);
        Threads.start("test-client", () -> {
            try {
                result.complete(life.run());
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        assertThat(link.writing.await(30, TimeUnit.SECONDS)).isTrue();
        clock.advance(ofSeconds(59));
        assertThat(link.aborted.getCount()).isEqualTo(1);
        clock.advance(ofSeconds(1));
        assertThat(result.get(30, TimeUnit.SECONDS))
                .hasMessageContaining("no byte moved in either direction for 60 s (idleTimeout)");
        assertThat(clock.pending()).isEmpty();
    }

    private static void writeMuch(Outgoing req, Object res) throws IOException {
        req.write(new byte[1 << 20]);
    }

    private Life life(ClientOptions options, Life.Links links, org.restream.RestreamClient.Handler handler) {
        return new Life(options, clock, links, handler);
    }

    private static ReconnectLoop loop(List<Duration> waits, Step meanwhile) {
        ClientOptions options = ONE.maxFailures(5);
        ReconnectLoop.Attempt refused = (server, number, connected) -> {
            meanwhile.run();
            return new AttemptResult.NotConnected(new ConnectException("Connection refused"), FailureKind.CONNECTION);
        };
        return new ReconnectLoop(
                options, new ReconnectPolicy(options, () -> 0), refused, waits::add, event -> {}, () -> false);
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    /** Its peer does not read. */
    private static final class StalledLink extends ScriptedLink {
        final CountDownLatch writing = new CountDownLatch(1);
        final CountDownLatch aborted = new CountDownLatch(1);

        @Override
        public void write(ByteBuffer from) throws IOException {
            writing.countDown();
            try {
                aborted.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }

        @Override
        public void abort() {
            aborted.countDown();
        }
    }
}
