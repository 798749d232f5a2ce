package org.restream.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More connections than a server accepts: from many addresses, and from one. */
class ConnectionFloodTest {
    private static final int PLACES = Scale.of(100, 500);
    private static final int HONEST = Scale.of(50, 200);

    @Test
    @Timeout(180)
    void beyond_maxConnections_the_honest_wait_none_is_dropped_and_all_are_served() throws Exception {
        int peers = Scale.of(200, 3_000);
        long timeout = 1_000;
        try (Victim victim = Victim.start("256m", "maxConnections=" + PLACES, "headerTimeout=" + timeout)) {
            Honest honest = new Honest(victim.address(), null);
            honest.slowest();
            try (Crowd crowd = Crowd.of(peers, victim.address())) {
                long start = System.nanoTime();
                // each fails at its first loss or refused connection
                List<CompletableFuture<Void>> all = honest.start(HONEST);
                CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                        .get(120, TimeUnit.SECONDS);
                Duration waited = Duration.ofNanos(System.nanoTime() - start);
                assertThat(crowd.awaitCut(peers, Duration.ofSeconds(60)).resets())
                        .isEqualTo(peers);
                assertThat(honest.tell().getLong("rejected")).isEqualTo(peers);
                Figures.record(
                        "connection-flood",
                        String.format(
                                Locale.ROOT,
                                "%,d silent connections before them where maxConnections is %,d and headerTimeout %d"
                                        + " s: %,d honest clients waited, none was dropped, all were served within %.1f s",
                                peers,
                                PLACES,
                                timeout / 1_000,
                                HONEST,
                                Crowd.seconds(waited)));
            }
        }
    }

    @Test
    void one_address_takes_no_more_than_its_share() throws Exception {
        int peers = Scale.of(300, 5_000);
        int share = 50;
        try (Victim victim = Victim.start("256m", "maxConnections=100", "maxConnectionsPerAddress=" + share)) {
            Honest honest = new Honest(victim.address(), null);
            honest.slowest();
            for (int wave = 0; wave < 2; wave++) {
                long before = told(honest, "rejected");
                try (Crowd crowd = Crowd.of(peers, victim.address(), InetAddress.getByName("127.0.0.2"))) {
                    Duration slowest = honest.slowest();
                    Crowd.Cut cut = crowd.awaitCut(peers - share, Duration.ofSeconds(20));
                    assertThat(slowest).isLessThan(Crowd.patience());
                    assertThat(cut.resets()).isEqualTo(peers - share);
                    assertThat(told(honest, "rejected") - before).isEqualTo(peers - share);
                    Figures.record(
                            "one-address",
                            String.format(
                                    Locale.ROOT,
                                    "%,d connections from one address where maxConnectionsPerAddress is %d: %,d were"
                                            + " reset, %.1f s after the first had come; the slowest of 10 honest exchanges"
                                            + " from another took %.3f s; a second wave found %d places again",
                                    peers,
                                    share,
                                    cut.resets(),
                                    Crowd.seconds(cut.age()),
                                    Crowd.seconds(slowest),
                                    share));
                }
                // they end with a reset, which must have been recognized as such
                long failed = share * (wave + 1L);
                await().until(() -> told(honest, "failed") >= failed);
            }
        }
    }

    private static long told(Honest honest, String what) throws Exception {
        return honest.tell().getLong(what);
    }
}
