package org.restream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Handlers of all styles on both sides, with pauses around the 10 ms after which a second thread reads: each exchange
 * ends, and both sides have received what the other has sent. Repeat a run with {@code -Dseed=N}.
 */
class RandomStylesTest {
    private static final int[] SIZES = {0, 1, 3_000, 100_000, 400_000};

    private enum Style {
        /** Reads everything, then writes. */
        READ_THEN_WRITE {
            @Override
            void act(Plan plan, Incoming in, Outgoing out, CompletableFuture<byte[]> got) throws Exception {
                out.header("seed", plan.seed);
                pause(plan.first);
                got.complete(in.readAllBytes());
                pause(plan.second);
                out.write(plan.body());
            }
        },
        WRITE_AT_THE_END {
            @Override
            void act(Plan plan, Incoming in, Outgoing out, CompletableFuture<byte[]> got) throws Exception {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                in.onHeader(header -> pause(plan.second));
                in.onData(all::writeBytes);
                pause(plan.first);
                in.onEnd(() -> {
                    got.complete(all.toByteArray());
                    out.header("seed", plan.seed).write(plan.body());
                    out.end();
                });
                in.onError(got::completeExceptionally);
            }
        },
        LISTEN_AND_WRITE {
            @Override
            void act(Plan plan, Incoming in, Outgoing out, CompletableFuture<byte[]> got) throws Exception {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                in.onHeader(header -> {
                    pause(plan.second);
                    in.onData(all::writeBytes);
                });
                in.onError(got::completeExceptionally);
                in.onEnd(() -> got.complete(all.toByteArray()));
                pause(plan.first);
                out.header("seed", plan.seed).write(plan.body());
                pause(plan.second);
                out.end();
            }
        },
        /** Another thread reads, then writes. */
        KEPT_OPEN {
            @Override
            void act(Plan plan, Incoming in, Outgoing out, CompletableFuture<byte[]> got) {
                out.keepOpen().header("seed", plan.seed);
                Thread thread = new Thread(() -> {
                    try {
                        pause(plan.first);
                        got.complete(in.readAllBytes());
                        pause(plan.second);
                        out.write(plan.body());
                        out.end();
                    } catch (Exception e) {
                        got.completeExceptionally(e);
                    }
                });
                thread.setDaemon(true);
                thread.start();
            }
        };

        abstract void act(Plan plan, Incoming in, Outgoing out, CompletableFuture<byte[]> got) throws Exception;

        /** Whether it may write first; two sides that both read to the end first would wait for each other. */
        boolean writesFirst() {
            return this == LISTEN_AND_WRITE;
        }
    }

    /** What one side does. */
    private record Plan(Style style, long seed, int first, int second, int size) {
        static Plan draw(SplittableRandom random, boolean writesFirst) {
            Style style = writesFirst ? Style.LISTEN_AND_WRITE : Style.values()[random.nextInt(Style.values().length)];
            return new Plan(
                    style, random.nextLong(), millis(random), millis(random), SIZES[random.nextInt(SIZES.length)]);
        }

        private static int millis(SplittableRandom random) {
            return random.nextInt(3) == 0 ? random.nextInt(25) : 0;
        }

        byte[] body() {
            byte[] body = new byte[size];
            new SplittableRandom(seed).nextBytes(body);
            return body;
        }
    }

    /** Lets the handlers take some time. */
    private static void pause(int millis) throws InterruptedException {
        if (millis > 0) {
            boolean unused = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        }
    }

    int exchanges() {
        return 150;
    }

    /** What the exchanges go over; a subclass has sessions in their place. */
    ClientOptions client(ClientOptions options) {
        return options;
    }

    ServerOptions server(ServerOptions options) {
        return options;
    }

    @Test
    void each_exchange_ends_with_what_both_have_sent() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        System.out.println("styles: -Dseed=" + seed);
        Map<Long, Plan> plans = new ConcurrentHashMap<>();
        Map<Long, CompletableFuture<byte[]>> received = new ConcurrentHashMap<>();
        AtomicLong served = new AtomicLong();
        try (RestreamServer server = Restream.createServer(
                        server(ServerOptions.defaults().port(0)), (req, res) -> {
                            // one after the other
                            long number = served.incrementAndGet();
                            plans.get(number).style.act(plans.get(number), req, res, received.get(number));
                        })
                .listen()) {
            for (long number = 1; number <= exchanges(); number++) {
                Plan theirs = Plan.draw(random, false);
                Plan ours = Plan.draw(random, !theirs.style.writesFirst());
                plans.put(number, theirs);
                received.put(number, new CompletableFuture<>());
                String what = "exchange " + number + ", server " + theirs + ", client " + ours;
                assertThat(ask(server, ours, what)).as(what).isEqualTo(theirs.body());
                assertThat(received.get(number).get(30, TimeUnit.SECONDS))
                        .as(what)
                        .isEqualTo(ours.body());
            }
        }
    }

    private byte[] ask(RestreamServer server, Plan plan, String what) throws Exception {
        CompletableFuture<byte[]> got = new CompletableFuture<>();
        ClientOptions options = ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .reconnect(Reconnect.UNTIL_CONNECTED)
                .maxTime(Duration.ofSeconds(30));
        try (RestreamClient client =
                Restream.createClient(client(options), (req, res) -> plan.style.act(plan, res, req, got))) {
            assertThat(client.completion()).as(what).succeedsWithin(Duration.ofSeconds(40));
            return got.get(30, TimeUnit.SECONDS);
        }
    }
}
