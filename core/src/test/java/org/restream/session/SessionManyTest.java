package org.restream.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.RestreamSession;
import org.restream.ServerEvent;
import org.restream.SessionLimits;
import org.restream.testing.Leftovers;
import org.restream.testing.Pattern;

/** Many exchanges in one session: none waits for another, and nothing is left of them. */
class SessionManyTest {
    private static final int BULK = 3_000_000;

    /** Sends back what it gets, or as much as is asked for. */
    private static void answer(Incoming req, Outgoing res) throws Exception {
        Long bytes = req.header().getLong("bytes");
        if (bytes == null) {
            res.end(req.readAllBytes());
        } else {
            res.write(Pattern.bytes(1, bytes.intValue()));
            res.end();
        }
    }

    private static void small(RestreamSession session, int number) throws Exception {
        byte[] body = ("%0100d".formatted(number)).getBytes(US_ASCII);
        byte[] back = session.exchange((req, res) -> {
            req.end(body);
            return res.readAllBytes();
        });
        assertThat(back).isEqualTo(body);
    }

    private static void smalls(RestreamSession session, int atOnce, int total) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(atOnce);
        try {
            AtomicInteger next = new AtomicInteger();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                running.add(callers.submit(() -> {
                    for (int number = next.getAndIncrement(); number < total; number = next.getAndIncrement()) {
                        small(session, number);
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get(30, TimeUnit.SECONDS);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 256})
    void with_room_for_few_or_many_at_a_time_all_are_answered_once(int exchanges) throws Exception {
        Leftovers leftovers = new Leftovers();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int total = exchanges == 256 ? 10_000 : 500;
        try (SessionPair pair =
                SessionPair.of(SessionPair.options(SessionLimits.defaults().exchanges(exchanges)), (req, res) -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    try {
                        answer(req, res);
                    } finally {
                        now.decrementAndGet();
                    }
                })) {
            smalls(pair.session, exchanges == 256 ? 512 : 16, total);
            pair.session.close();
            pair.server.close();
            assertThat(pair.calls).hasValue(total);
            assertThat(most.get()).isLessThanOrEqualTo(exchanges);
            assertThat(pair.atServer.all(ServerEvent.Completed.class)).hasSize(total);
            assertThat(pair.atServer.names()).doesNotContain("Failed", "Away");
        }
        leftovers.areGone();
    }

    @Test
    void small_ones_pass_beside_large_ones() throws Exception {
        try (SessionPair pair = SessionPair.of(SessionManyTest::answer)) {
            List<CompletableFuture<Integer>> large = new ArrayList<>();
            byte[] body = Pattern.bytes(1, BULK);
            for (int i = 0; i < 3; i++) {
                large.add(pair.session.exchangeAsync((req, res) -> {
                    req.write(body);
                    req.end();
                    byte[] back = res.readAllBytes();
                    new Pattern(1).check(back, 0, back.length);
                    return back.length;
                }));
            }
            smalls(pair.session, 4, 200);
            for (CompletableFuture<Integer> each : large) {
                assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(BULK);
            }
        }
    }

    @Test
    void who_does_not_read_stalls_nobody_else() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (SessionPair pair = SessionPair.of((req, res) -> {
            if (req.header().getBoolean("wait") != null) {
                read.await();
            }
            answer(req, res);
        })) {
            CompletableFuture<Integer> unreadAnswer = pair.session.exchangeAsync((req, res) -> {
                req.header("bytes", BULK).end();
                read.await();
                byte[] back = res.readAllBytes();
                new Pattern(1).check(back, 0, back.length);
                return back.length;
            });
            CompletableFuture<Integer> unreadRequest = pair.session.exchangeAsync((req, res) -> {
                req.header("wait", true);
                req.write(Pattern.bytes(2, BULK));
                req.end();
                byte[] back = res.readAllBytes();
                new Pattern(2).check(back, 0, back.length);
                return back.length;
            });
            smalls(pair.session, 4, 200);
            assertThat(pair.session.<Integer>exchange((req, res) -> {
                        req.header("bytes", BULK).end();
                        return res.readAllBytes().length;
                    }))
                    .isEqualTo(BULK);
            assertThat(unreadAnswer).isNotDone();
            assertThat(unreadRequest).isNotDone();
            read.countDown();
            assertThat(unreadAnswer.get(30, TimeUnit.SECONDS)).isEqualTo(BULK);
            assertThat(unreadRequest.get(30, TimeUnit.SECONDS)).isEqualTo(BULK);
        }
    }

    @Test
    void those_that_are_cancelled_give_their_place_back() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (SessionPair pair =
                SessionPair.of(SessionPair.options(SessionLimits.defaults().exchanges(2)), (req, res) -> {
                    if (req.header().getBoolean("wait") != null) {
                        never.await();
                    }
                    answer(req, res);
                })) {
            for (int i = 0; i < 50; i++) {
                CompletableFuture<Void> runs = new CompletableFuture<>();
                CompletableFuture<Void> stuck = pair.session.exchangeAsync((req, res) -> {
                    req.header("wait", true).end();
                    runs.complete(null);
                    res.header();
                    return null;
                });
                if (i % 2 == 0) {
                    runs.get(10, TimeUnit.SECONDS);
                }
                stuck.cancel(true);
                small(pair.session, i);
            }
        }
    }

    /** They come in the same moment, so that one thread could run them one after the other. */
    @Test
    void a_handler_that_takes_long_holds_up_no_answer_of_others_and_none_of_its_own() throws Exception {
        int total = 200;
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger number = new AtomicInteger();
        try (SessionPair pair = SessionPair.of((req, res) -> {
            int kind = number.getAndIncrement() % 4;
            if (kind == 0) {
                await(end);
            }
            answer(req, res);
            if (kind == 1) {
                res.end();
                await(end);
            }
        })) {
            CountDownLatch quick = new CountDownLatch(total - total / 4);
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < total; i++) {
                all.add(pair.session
                        .exchangeAsync((req, res) -> {
                            req.end("" + number);
                            return res.readText();
                        })
                        .whenComplete((text, failure) -> quick.countDown()));
            }
            assertThat(quick.await(30, TimeUnit.SECONDS)).isTrue();
            end.countDown();
            for (CompletableFuture<?> each : all) {
                each.get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
