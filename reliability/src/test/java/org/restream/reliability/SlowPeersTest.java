package org.restream.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Peers that begin and never finish, with a byte from time to time: each takes no more than its own place. */
class SlowPeersTest {
    private static final int PEERS = Scale.of(300, 3_000);
    private static final Duration HEADER_TIMEOUT = Duration.ofSeconds(Scale.of(2, 10));
    private static final Duration TO_BE_CUT = HEADER_TIMEOUT.plusSeconds(20);
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(200);

    @Test
    void slow_headers() throws Exception {
        try (Victim victim = Victim.start("256m", "headerTimeout=" + HEADER_TIMEOUT.toMillis())) {
            Honest honest = new Honest(victim.address(), null);
            honest.slowest();
            try (Crowd crowd = Crowd.of(PEERS, victim.address())) {
                crowd.say("{\"a\":\"".getBytes(UTF_8));
                try (AutoCloseable dripping = crowd.drip("x".getBytes(UTF_8), BETWEEN_BYTES)) {
                    Duration behind = honest.one();
                    Duration slowest = honest.slowest();
                    Crowd.Cut cut = crowd.awaitCut(PEERS, TO_BE_CUT);
                    assertThat(slowest).isLessThan(Crowd.patience());
                    assertThat(behind).isLessThan(Crowd.patienceBehind());
                    assertThat(cut.all()).isEqualTo(PEERS);
                    assertThat(honest.tell().getLong("rejected")).isEqualTo(PEERS);
                    Figures.record(
                            "slow-headers",
                            String.format(
                                    Locale.ROOT,
                                    "%,d peers drip a header: the slowest of 10 honest exchanges took %.3f s, and one right"
                                            + " behind their arrival %.3f s; all were reset, the last one %.1f s after the first had come (headerTimeout %.0f"
                                            + " s)",
                                    PEERS,
                                    Crowd.seconds(slowest),
                                    Crowd.seconds(behind),
                                    Crowd.seconds(cut.age()),
                                    Crowd.seconds(HEADER_TIMEOUT)));
                }
            }
        }
    }

    @Test
    void slow_bodies() throws Exception {
        Duration idle = Duration.ofSeconds(Scale.of(2, 10));
        try (Victim victim = Victim.start("256m", "idleTimeout=" + idle.toMillis())) {
            Honest honest = new Honest(victim.address(), null);
            honest.slowest();
            try (Crowd crowd = Crowd.of(PEERS, victim.address())) {
                crowd.say("{}\n\n".getBytes(UTF_8));
                Duration behind;
                Duration slowest;
                try (AutoCloseable dripping = crowd.drip("x".getBytes(UTF_8), BETWEEN_BYTES)) {
                    behind = honest.one();
                    slowest = honest.slowest();
                }
                Crowd.Cut cut = crowd.awaitCut(PEERS, TO_BE_CUT);
                assertThat(slowest).isLessThan(Crowd.patience());
                assertThat(behind).isLessThan(Crowd.patienceBehind());
                assertThat(cut.resets()).isEqualTo(PEERS);
                Figures.record(
                        "slow-bodies",
                        String.format(
                                Locale.ROOT,
                                "%,d peers drip a body: the slowest of 10 honest exchanges took %.3f s, and one right"
                                        + " behind their arrival %.3f s; once silent, all were reset by idleTimeout",
                                PEERS,
                                Crowd.seconds(slowest),
                                Crowd.seconds(behind)));
            }
        }
    }
}
