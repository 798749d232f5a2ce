package org.restream.reliability.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.reliability.Figures;
import org.restream.reliability.Scale;
import org.restream.reliability.session.Transfers.Seen;
import org.restream.testing.CuttingRelay;
import org.restream.testing.CuttingRelay.Cut;
import org.restream.testing.CuttingRelay.How;

/** Large bodies both ways over connections that are cut again and again: every byte arrives once. */
class SessionCutsTest {
    private static final int CUTS = Scale.of(8, 200);
    private static final long LENGTH = Scale.of(4, 200) * 1_048_576L;
    /** A cut comes after this many bytes at most; in a full run after 1 to 20 MiB. */
    private static final int MOST = Scale.of(1, 20) << 20;
    /** A full run has so many cuts by silence, each of which takes two and a half beats to be found. */
    private static final int SILENCES = 6;

    private final long seed = Long.getLong("seed", 20_130_401);
    private final Map<How, Integer> cuts = new EnumMap<>(How.class);
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void every_byte_arrives_once_and_each_handler_is_called_once() throws Exception {
        System.out.println("session cuts: -Dseed=" + seed);
        Transfers atServer = new Transfers(LENGTH, 1);
        Transfers atClient = new Transfers(LENGTH, 2);
        ServerOptions options = ServerOptions.defaults()
                .port(0)
                .sessions(SessionLimits.defaults())
                .listener(event -> {});
        long exchanges = 0;
        long began = System.nanoTime();
        long passed;
        try (RestreamServer server =
                        Restream.createServer(options, atServer::answer).listen(0);
                CuttingRelay relay = new CuttingRelay(server.address(), this::cut);
                RestreamSession session = Restream.createSession(
                        ClientOptions.defaults().servers(relay.address()).listener(event -> {}))) {
            while (relay.connections() <= CUTS) {
                long id = ++exchanges;
                CompletableFuture<Void> exchange = session.exchangeAsync((req, res) -> {
                    atClient.ask(id, req, res);
                    return null;
                });
                exchange.get(30, TimeUnit.MINUTES);
            }
            over.set(true);
            passed = relay.passed(true) + relay.passed(false);
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        long ended = exchanges;
        await().atMost(20, TimeUnit.SECONDS).until(() -> atServer.seen().size() == ended);
        List<Integer> calls = new ArrayList<>(atServer.calls().values());
        calls.addAll(atClient.calls().values());
        assertThat(calls).hasSize((int) (2 * exchanges)).containsOnly(1);
        atClient.seen()
                .forEach((id, seen) ->
                        assertThat(atServer.seen().get(id)).isEqualTo(new Seen(seen.received(), seen.sent())));
        long whole = 2 * exchanges * LENGTH;
        Figures.record(
                "session-cuts",
                "%d exchanges of %d MiB each way, cut %s (seed %d): every byte once, each handler called once; %d KiB sent twice or beside the bodies for each cut; %d s"
                        .formatted(exchanges, LENGTH >> 20, cuts, seed, ((passed - whole) >> 10) / CUTS, seconds));
    }

    private synchronized Cut cut(int connection) {
        if (over.get() || connection > CUTS) {
            return null;
        }
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + connection);
        boolean silent = Scale.isFull() && connection % (CUTS / SILENCES) == 0;
        How how = silent ? How.SILENCE : random.nextBoolean() ? How.FIN : How.RST;
        cuts.merge(how, 1, Integer::sum);
        return new Cut(random.nextBoolean(), MOST / 20 + random.nextInt(MOST / 20 * 19), how);
    }
}
