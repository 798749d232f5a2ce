package org.restream.reliability.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.restream.AbortedException;
import org.restream.ClientOptions;
import org.restream.NeverStartedException;
import org.restream.OutcomeUnknownException;
import org.restream.Restream;
import org.restream.RestreamSession;
import org.restream.reliability.Figures;
import org.restream.reliability.Scale;
import org.restream.reliability.leak.Heap;
import org.restream.testing.CuttingRelay;
import org.restream.testing.CuttingRelay.Cut;
import org.restream.testing.CuttingRelay.How;
import org.restream.testing.JavaProcess;

/** Sessions over connections that are cut again and again, and kill -9 of their server at random moments. */
class SessionSoakTest {
    /** Connections to it come from 127.0.0.1: its port is free for its next process. */
    private static final String HOST = "127.0.9.71";

    private static final int SESSIONS = 2;
    private static final int AT_ONCE = 4;
    /** The shared timer, and the JVM's own that come late. */
    private static final int IDLE_THREADS = 4;

    @TempDir
    Path folder;

    /** What the client was told of each request. */
    private final Map<Long, String> told = new ConcurrentHashMap<>();

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong cuts = new AtomicLong();
    private final long seed = Long.getLong("seed", 20_130_401);
    private volatile boolean over;
    private JavaProcess server;
    private int port;
    private int kills;

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void what_is_answered_is_whole_and_done_once_and_what_never_started_was_not_done() throws Exception {
        Duration time = Scale.isFull() ? Duration.ofMinutes(Scale.soakMinutes()) : Duration.ofSeconds(4);
        System.out.println("session soak: " + time + ", -Dseed=" + seed);
        startServer();
        long heap = Heap.used();
        int threads = threads();
        List<AutoCloseable> open = new ArrayList<>();
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                CuttingRelay relay = relay(i);
                RestreamSession session = Restream.createSession(ClientOptions.defaults()
                        .servers(relay.address())
                        .retryDelay(Duration.ofMillis(50))
                        .listener(event -> {}));
                open.add(session);
                open.add(relay);
                for (int caller = 0; caller < AT_ONCE; caller++) {
                    callers.add(CompletableFuture.runAsync(() -> call(session), task -> new Thread(task).start()));
                }
            }
            killUntil(System.nanoTime() + time.toNanos());
            over = true;
            for (CompletableFuture<Void> caller : callers) {
                caller.get(90, TimeUnit.SECONDS);
            }
        } finally {
            over = true;
            for (AutoCloseable each : open) {
                each.close();
            }
            server.close();
        }
        await().atMost(30, TimeUnit.SECONDS).until(() -> threads() <= threads + IDLE_THREADS);
        long growth = Heap.used() - heap;
        assertThat(growth).as("bytes of heap more than before").isLessThan(16L << 20);
        audit(time, (growth >> 10) + " KiB of heap and " + (threads() - threads) + " threads more than before");
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private void killUntil(long end) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        while (System.nanoTime() < end) {
            // a moment of chance's, with no event to wait for
            LockSupport.parkNanos(random.nextLong(Duration.ofSeconds(3).toNanos()));
            if (kills == 0) {
                // on a busy machine a server may be slow to start
                await().atMost(30, TimeUnit.SECONDS).until(() -> told.containsValue("completed"));
            }
            server.kill();
            kills++;
            startServer();
        }
    }

    private void startServer() throws IOException {
        server = JavaProcess.start(SoakServer.class, HOST, port, folder.resolve("server"), "sessions");
        port = Integer.parseInt(server.line());
    }

    /** In silence too, though rarely, and in a full run: that takes as long as two and a half beats to be found. */
    private CuttingRelay relay(int number) throws IOException {
        return new CuttingRelay(new InetSocketAddress(HOST, port), connection -> {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number * 101L + connection);
            if (over) {
                return null;
            }
            cuts.incrementAndGet();
            boolean silent = Scale.isFull() && random.nextInt(50) == 0;
            How how = silent ? How.SILENCE : random.nextBoolean() ? How.FIN : How.RST;
            return new Cut(random.nextBoolean(), 1_000 + random.nextInt(3_000_000), how);
        });
    }

    private void call(RestreamSession session) {
        while (!over) {
            long request = requests.incrementAndGet();
            told.put(request, "failed");
            try {
                told.put(request, exchange(session, request));
            } catch (NeverStartedException e) {
                told.put(request, "never");
            } catch (OutcomeUnknownException | AbortedException e) {
                told.put(request, "unknown");
            } catch (IOException | InterruptedException e) {
                throw new AssertionError("request " + request, e);
            }
        }
    }

    private static String exchange(RestreamSession session, long request) throws IOException, InterruptedException {
        return session.exchange((req, res) -> {
            req.header("request", request);
            Body.write(req, Body.request(request));
            req.end();
            String heard = res.header().getString("sha256");
            assertThat(heard).isEqualTo(Body.digest(Body.request(request)));
            assertThat(Body.digest(res)).isEqualTo(Body.digest(Body.answer(request)));
            return "completed";
        });
    }

    private void audit(Duration time, String left) throws IOException {
        Map<Long, Integer> calls = new HashMap<>();
        for (Journal.Fact fact : Journal.read(folder.resolve("server"))) {
            if (fact.what().equals("call")) {
                calls.merge(fact.request(), 1, Integer::sum);
            }
        }
        Map<String, Integer> figures = new HashMap<>();
        told.forEach((request, what) -> {
            figures.merge(what, 1, Integer::sum);
            int called = calls.getOrDefault(request, 0);
            assertThat(what).isNotEqualTo("failed");
            assertThat(called).as("calls for %s, which %s", request, what).isLessThanOrEqualTo(1);
            if (what.equals("completed")) {
                assertThat(called).as("calls for %s", request).isEqualTo(1);
            } else if (what.equals("never")) {
                assertThat(called).as("calls for %s", request).isZero();
            }
        });
        assertThat(figures).containsKey("completed");
        Figures.record(
                "session-soak",
                time.toSeconds() + " s, the server killed " + kills + " times, " + cuts + " connections cut (seed "
                        + seed + "): " + new TreeMap<>(figures) + "; at the client " + left);
    }
}
