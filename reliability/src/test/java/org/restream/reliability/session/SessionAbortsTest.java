package org.restream.reliability.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.AbortedException;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.reliability.Figures;
import org.restream.reliability.Scale;
import org.restream.reliability.session.AbortPlan.Party;
import org.restream.reliability.session.AbortedTransfers.Enough;
import org.restream.testing.CuttingRelay;
import org.restream.testing.CuttingRelay.Cut;
import org.restream.testing.CuttingRelay.How;

/**
 * Sessions of one process share the memory in which bodies wait. Here many exchanges are aborted by either side while others go
 * on, and connections are cut: none of what arrives may be another's, or another part of the same body.
 */
class SessionAbortsTest {
    private static final int SESSIONS = 4;
    private static final int THREADS = 3;
    private static final int EXCHANGES = Scale.of(100, 1_500);
    /** A cut comes after at most so many bytes. */
    private static final int MOST = Scale.of(1, 4) << 20;

    private final long seed = Long.getLong("seed", 20_130_401);
    private final AtomicInteger cuts = new AtomicInteger();
    private final AbortedTransfers atServer = new AbortedTransfers();
    private final AbortedTransfers atClient = new AbortedTransfers();

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void what_arrives_is_right_wherever_others_are_aborted() throws Exception {
        System.out.println("session aborts: -Dseed=" + seed);
        ServerOptions options = ServerOptions.defaults()
                .port(0)
                .sessions(SessionLimits.defaults())
                .listener(event -> {});
        try (RestreamServer server =
                        Restream.createServer(options, atServer::answer).listen(0);
                CuttingRelay relay = new CuttingRelay(server.address(), this::cut)) {
            exchangeThrough(relay);
        }
        assertThat(atClient.faults()).isEmpty();
        assertThat(atServer.faults()).isEmpty();
        assertThat(cuts).hasValueGreaterThan(SESSIONS);
        Figures.record(
                "session-aborts",
                "%d exchanges of %d sessions, two of three aborted, %d cuts (seed %d): %d MiB received, every byte right"
                        .formatted(
                                SESSIONS * THREADS * EXCHANGES,
                                SESSIONS,
                                cuts.get(),
                                seed,
                                (atClient.received() + atServer.received()) >> 20));
    }

    private void exchangeThrough(CuttingRelay relay) throws Exception {
        List<RestreamSession> sessions = new ArrayList<>();
        List<Future<Void>> running = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                RestreamSession session = Restream.createSession(
                        ClientOptions.defaults().servers(relay.address()).listener(event -> {}));
                sessions.add(session);
                for (int thread = 0; thread < THREADS; thread++) {
                    SplittableRandom random = new SplittableRandom(seed + running.size());
                    running.add(threads.submit(() -> exchanges(session, random)));
                }
            }
            for (Future<Void> each : running) {
                each.get(30, TimeUnit.MINUTES);
            }
            atClient.awaitWriters();
            atServer.awaitWriters();
        } finally {
            threads.shutdownNow();
            sessions.forEach(RestreamSession::close);
        }
    }

    private Void exchanges(RestreamSession session, SplittableRandom random) throws Exception {
        for (int i = 0; i < EXCHANGES; i++) {
            AbortPlan plan = AbortPlan.of(random.nextLong(1L << 50));
            CompletableFuture<Void> exchange = session.exchangeAsync((req, res) -> {
                atClient.ask(plan, req, res);
                return null;
            });
            try {
                exchange.get(5, TimeUnit.MINUTES);
                // the server may have aborted when its answer was whole, which the handler here judged: that completes
                // the exchange
                if (plan.aborter() == Party.CLIENT) {
                    throw new IOException("not aborted: " + plan);
                }
            } catch (ExecutionException e) {
                Class<?> cause = e.getCause().getClass();
                if (!(plan.aborter() == Party.CLIENT && cause == Enough.class)
                        && !(plan.aborter() == Party.SERVER && cause == AbortedException.class)) {
                    throw new IOException(plan + " has ended by " + e.getCause(), e);
                }
            }
        }
        return null;
    }

    private Cut cut(int connection) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + connection);
        cuts.incrementAndGet();
        How how = random.nextBoolean() ? How.FIN : How.RST;
        return new Cut(random.nextBoolean(), MOST / 20 + random.nextInt(MOST / 20 * 19), how);
    }
}
