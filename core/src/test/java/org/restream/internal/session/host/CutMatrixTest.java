package org.restream.internal.session.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.RestreamSession;
import org.restream.testing.CuttingRelay;
import org.restream.testing.CuttingRelay.Cut;
import org.restream.testing.CuttingRelay.How;
import org.restream.testing.Leftovers;
import org.restream.testing.Pattern;

/**
 * Connections that are cut at every byte, in each direction and manner, under three exchanges at a time: all bytes arrive as they
 * are, each handler is called once, and nothing is left. A sample, by a seed; the whole with {@code -Dsession.cuts=all}.
 */
@Timeout(value = 1, unit = TimeUnit.DAYS)
class CutMatrixTest {
    private static final boolean ALL = "all".equals(System.getProperty("session.cuts"));
    private static final int SAMPLE = 250;
    /** So many trials wait at a time; each is a few threads. */
    private static final int AT_ONCE = 24;
    /** Longer than a first line, and shorter than a first line with all that may be sent without an answer. */
    private static final int FIRST_LINE = 400;

    private static final int[] REQUESTS = {3_000, 0, 20};
    private static final int[] RESPONSES = {2_000, 4_000, 0};

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Map<Header, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Leftovers leftovers = new Leftovers();
    private final ExecutorService trials = Executors.newFixedThreadPool(AT_ONCE);
    private TestHost host;

    @BeforeEach
    void listen() throws IOException {
        System.out.println("cut matrix: -Dseed=" + seed);
        host = new TestHost(TestHost.CONFIG, this::answer);
    }

    @AfterEach
    void close() {
        trials.shutdownNow();
        host.close();
    }

    private void answer(Incoming req, Outgoing res) throws Exception {
        Header header = req.header();
        calls.computeIfAbsent(header, unused -> new AtomicInteger()).incrementAndGet();
        int exchange = header.getLong("exchange").intValue();
        res.header("answer", exchange);
        Pattern asked = new Pattern(exchange + 1);
        byte[] out = Pattern.bytes(exchange + 100, RESPONSES[exchange]);
        byte[] buffer = new byte[700];
        int written = 0;
        // in turns, so that both directions are under way
        for (int count = req.read(buffer); count >= 0; count = req.read(buffer)) {
            asked.check(buffer, 0, count);
            int more = Math.min(400, out.length - written);
            res.write(out, written, more);
            res.flush();
            written += more;
        }
        assertThat(asked.position()).isEqualTo(REQUESTS[exchange]);
        res.write(out, written, out.length - written);
        res.end();
    }

    private static int ask(int test, int exchange, Outgoing req, Incoming res) throws Exception {
        req.header(TestHost.header(test, exchange));
        req.flush();
        byte[] out = Pattern.bytes(exchange + 1, REQUESTS[exchange]);
        for (int sent = 0; sent < out.length; sent += 500) {
            req.write(out, sent, Math.min(500, out.length - sent));
            req.flush();
        }
        req.end();
        assertThat(res.header()).isEqualTo(Header.of("answer", exchange));
        byte[] in = res.readAllBytes();
        new Pattern(exchange + 100).check(in, 0, in.length);
        return in.length;
    }

    private void trial(int test, IntFunction<Cut> cuts) throws Exception {
        try (CuttingRelay relay = new CuttingRelay(host.address(), cuts);
                RestreamSession session = Restream.createSession(ClientOptions.defaults()
                        .servers(relay.address())
                        .retryDelay(Duration.ofMillis(20))
                        .listener(event -> {}))) {
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            AtomicInteger handled = new AtomicInteger();
            for (int i = 0; i < REQUESTS.length; i++) {
                int exchange = i;
                answers.add(session.exchangeAsync((req, res) -> {
                    handled.incrementAndGet();
                    return ask(test, exchange, req, res);
                }));
            }
            for (int i = 0; i < REQUESTS.length; i++) {
                assertThat(answers.get(i).get(25, TimeUnit.SECONDS)).isEqualTo(RESPONSES[i]);
                assertThat(calls.get(TestHost.header(test, i))).hasValue(1);
            }
            assertThat(handled).hasValue(REQUESTS.length);
        }
    }

    private void run(List<IntFunction<Cut>> cuts) throws Exception {
        List<IntFunction<Cut>> chosen = new ArrayList<>(cuts);
        Collections.shuffle(chosen, new Random(seed));
        if (!ALL) {
            chosen = chosen.subList(0, Math.min(SAMPLE, chosen.size()));
        }
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            int test = i;
            IntFunction<Cut> cut = chosen.get(i);
            running.add(trials.submit(() -> {
                try {
                    trial(test, cut);
                } catch (Throwable e) {
                    throw new AssertionError("cuts " + cut.apply(1) + ", " + cut.apply(2) + ", " + cut.apply(3), e);
                }
                return null;
            }));
        }
        for (Future<?> trial : running) {
            trial.get();
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(host.host.count()).isZero());
        host.close();
        leftovers.areGone();
    }

    private static List<Cut> cuts(int from, int to) {
        List<Cut> all = new ArrayList<>();
        for (How how : How.values()) {
            for (int after = from; after < to; after++) {
                if (how != How.SILENCE || after > FIRST_LINE) {
                    all.add(new Cut(true, after, how));
                    all.add(new Cut(false, after, how));
                }
            }
        }
        return all;
    }

    /** All that goes over the first connection. */
    @Test
    void one_cut_anywhere() throws Exception {
        List<IntFunction<Cut>> all = new ArrayList<>();
        cuts(0, 7_500).forEach(cut -> all.add(connection -> connection == 1 ? cut : null));
        run(all);
    }

    /** The second connection is cut within its first lines, its listing, and what follows. */
    @Test
    void a_cut_within_the_resume() throws Exception {
        List<IntFunction<Cut>> all = new ArrayList<>();
        for (int first : new int[] {900, 1_700, 2_600}) {
            for (boolean up : new boolean[] {true, false}) {
                Cut before = new Cut(up, first, How.RST);
                cuts(0, 700)
                        .forEach(cut -> all.add(connection -> connection == 1 ? before : connection == 2 ? cut : null));
            }
        }
        run(all);
    }

    @Test
    void many_cuts_one_after_another() throws Exception {
        Random random = new Random(seed);
        List<IntFunction<Cut>> all = new ArrayList<>();
        for (int i = 0; i < (ALL ? 5_000 : 100); i++) {
            long own = random.nextLong();
            all.add(connection -> cut(own, connection));
        }
        run(all);
    }

    private static Cut cut(long own, int connection) {
        if (connection > 12) {
            return null;
        }
        Random random = new Random(own * 31 + connection);
        How how = How.values()[random.nextInt(How.values().length)];
        // two servers in a row that do not answer the very first line are taken for ones without sessions
        int least = connection == 1 || how == How.SILENCE ? FIRST_LINE + 1 : 0;
        return new Cut(random.nextBoolean(), least + random.nextInt(1_200), how);
    }
}
