package org.restream.reliability.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.reliability.Figures;
import org.restream.reliability.Scale;
import org.restream.testing.Leftovers;

/**
 * The numbers of threads, descriptors and timers, and the heap, don't grow after thousands of reconnects of every kind.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ReconnectLeakTest {
    private static final int WARM_UP = Scale.of(20, 1_000);
    private static final int TIMES = Scale.of(100, 10_000);
    /** 100 bytes for each of 10,000, which is less than the smallest possible leak of a connection. */
    private static final long MOST_HEAP = 1_000_000;

    private static final List<String> GROWTH = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void nothing_is_left_of_reconnects(Kind kind) throws Exception {
        Leftovers leftovers = new Leftovers();
        // a handshake is slow
        int times = kind == Kind.TLS_HANDSHAKE_FAILED ? Scale.of(20, TIMES) : TIMES;
        try (Kind.Server server = kind.server()) {
            reconnect(kind, server.address(), Math.min(times, WARM_UP));
            long before = Heap.used();
            reconnect(kind, server.address(), times);
            long growth = Heap.used() - before;
            assertThat(growth).as("growth of the heap, bytes").isLessThan(MOST_HEAP);
            GROWTH.add(
                    kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + Math.round((double) growth / times));
        }
        leftovers.areGone();
    }

    @AfterAll
    static void noTimerIsLeft() {
        Leftovers.timersAreGone();
        Figures.record(
                "leaks",
                "after " + TIMES
                        + " of each kind no thread, socket or timer more than before; the heap's growth in bytes"
                        + " for each: " + String.join(", ", GROWTH));
    }

    private static void reconnect(Kind kind, String address, int times) throws Exception {
        CountDownLatch left = new CountDownLatch(times);
        List<ClientEvent> others = new ArrayList<>();
        ClientOptions options = kind.options(ClientOptions.defaults().reconnect(Reconnect.ALWAYS))
                .servers(address)
                .allowEmptyAnswer(true)
                .retryDelay(Duration.ofNanos(1))
                .listener(event -> {
                    if (isEnd(event) && left.getCount() > 0) {
                        if (!kind.seen().isInstance(event)) {
                            others.add(event);
                        }
                        left.countDown();
                    }
                });
        try (RestreamClient client = Restream.createClient(options, (req, res) -> {
            req.end("a request");
            res.readAllBytes();
        })) {
            assertThat(left.await(14, TimeUnit.MINUTES))
                    .as("%d left", left.getCount())
                    .isTrue();
        }
        assertThat(others).isEmpty();
    }

    private static boolean isEnd(ClientEvent event) {
        return event instanceof ClientEvent.Failed
                || event instanceof ClientEvent.Lost
                || event instanceof ClientEvent.Completed;
    }
}
