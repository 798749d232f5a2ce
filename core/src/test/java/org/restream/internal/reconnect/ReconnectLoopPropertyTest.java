package org.restream.internal.reconnect;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Reconnect;

/**
 * Properties that hold for any sequence of results. {@link LoopRun} itself fails if two attempts or waits overlap, or
 * if anything happens after close().
 */
class ReconnectLoopPropertyTest {
    private static final int RUNS = 5_000;

    @Test
    void waits_follow_the_formula_and_servers_come_in_turn() {
        forEachSeed(random -> {
            ClientOptions options =
                    options(random).fastFailover(false).jitter(0).maxFailures(0);
            LoopRun run = run(options, random);
            int failures = 0;
            int server = 0;
            int attempt = 0;
            List<Duration> expected = new ArrayList<>();
            for (ScriptedResult result : run.made()) {
                assertThat(run.servers.get(attempt++))
                        .isEqualTo(options.servers().get(server));
                boolean headerCame = result == ScriptedResult.LOST_AFTER_HEADER;
                if (result == ScriptedResult.COMPLETED || result == ScriptedResult.COMPLETED_EMPTY) {
                    failures = 0;
                    if (result == ScriptedResult.COMPLETED_EMPTY && options.reconnect() == Reconnect.ALWAYS) {
                        expected.add(options.retryDelay());
                    }
                } else if (result == ScriptedResult.REFUSED_FOR_NOW && !stopsAtLoss(options)) {
                    failures++;
                    server = (server + 1) % options.servers().size();
                    expected.add(Duration.ofMillis(70));
                } else if (!result.isLast() && !(stopsAtLoss(options) && result.connects())) {
                    failures = headerCame ? 1 : failures + 1;
                    server = (server + 1) % options.servers().size();
                    expected.add(options.retryDelay().multipliedBy((failures - 1) % options.resetTimeout() + 1));
                }
            }
            assertThat(run.waits).isEqualTo(expected);
        });
    }

    @Test
    void events_form_the_grammar_with_one_Connected_for_each_connection() {
        forEachSeed(random -> {
            LoopRun run = run(options(random), random);
            EventGrammar.check(run.events, random);
            assertThat(run.events)
                    .filteredOn(event -> event instanceof ClientEvent.Connected)
                    .hasSize((int)
                            run.made().stream().filter(ScriptedResult::connects).count());
            assertThat(run.events)
                    .filteredOn(event -> event instanceof ClientEvent.Waiting)
                    .extracting(event -> ((ClientEvent.Waiting) event).delay())
                    .isEqualTo(run.waits);
        });
    }

    @Test
    void jitter_keeps_each_wait_between_its_share_and_the_formula() {
        forEachSeed(random -> {
            ClientOptions options = options(random).jitter(random.nextDouble());
            List<ScriptedResult> script = script(random);
            LoopRun with = new LoopRun(options, random::nextDouble, script).run();
            LoopRun without = new LoopRun(options.jitter(0), () -> 0, script).run();
            assertThat(with.waits).hasSameSizeAs(without.waits);
            for (int i = 0; i < with.waits.size(); i++) {
                long formula = without.waits.get(i).toNanos();
                assertThat(with.waits.get(i).toNanos()).isBetween((long) (formula * (1 - options.jitter())), formula);
            }
        });
    }

    @Test
    void fastFailover_waits_once_a_pass_and_never_goes_round_without() {
        forEachSeed(random -> {
            ClientOptions options = options(random).fastFailover(true).reconnect(Reconnect.UNTIL_COMPLETE);
            LoopRun run = run(options, random);
            if (run.made().contains(ScriptedResult.REFUSED_FOR_NOW)) {
                // the server has set that wait, independently of the pass
                return;
            }
            int attemptsSinceWait = 0;
            for (String step : run.steps) {
                if (step.startsWith("wait")) {
                    assertThat(attemptsSinceWait).isEqualTo(options.servers().size());
                    attemptsSinceWait = 0;
                } else if (step.startsWith("attempt")) {
                    assertThat(++attemptsSinceWait)
                            .isLessThanOrEqualTo(options.servers().size());
                }
            }
        });
    }

    @Test
    void nothing_happens_after_close_whatever_the_step_it_comes_in() {
        forEachSeed(random -> {
            ClientOptions options = options(random);
            int[] left = {random.nextInt(40)};
            LoopRun run = new LoopRun(options, random::nextDouble, script(random))
                    .closeAt(step -> left[0]-- == 0)
                    .run();
            EventGrammar.check(run.events, random);
            assertThat(run.steps).isNotEmpty();
        });
    }

    private interface Property {
        void check(SplittableRandom random);
    }

    private static void forEachSeed(Property property) {
        for (long seed = 0; seed < RUNS; seed++) {
            try {
                property.check(new SplittableRandom(seed));
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static boolean stopsAtLoss(ClientOptions options) {
        return options.reconnect() == Reconnect.UNTIL_CONNECTED;
    }

    private static LoopRun run(ClientOptions options, SplittableRandom random) {
        return new LoopRun(options, random::nextDouble, script(random)).run();
    }

    private static ClientOptions options(SplittableRandom random) {
        String[] servers = IntStream.rangeClosed(1, random.nextInt(1, 5))
                .mapToObj(i -> "server" + i)
                .toArray(String[]::new);
        return ClientOptions.defaults()
                .servers(servers)
                .retryDelay(ofMillis(random.nextInt(1, 60_000)))
                .resetTimeout(random.nextInt(1, 12))
                .fastFailover(random.nextBoolean())
                .maxFailures(random.nextInt(3) == 0 ? random.nextInt(1, 6) : 0)
                .reconnect(Reconnect.values()[random.nextInt(3)]);
    }

    /** A script with mostly failures, so that runs are long. */
    private static List<ScriptedResult> script(SplittableRandom random) {
        List<ScriptedResult> script = new ArrayList<>();
        for (int i = random.nextInt(30); i >= 0; i--) {
            boolean failure = random.nextInt(8) != 0;
            script.add(ScriptedResult.values()[failure ? random.nextInt(4) : random.nextInt(4, 7)]);
        }
        return script;
    }
}
