package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.restream.internal.concurrent.Threads;

/** A session in which nothing is under way holds little. */
class SessionIdleTest {
    private static long writers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("restream-session-writer"))
                .count();
    }

    @Test
    void no_thread_writes_while_nothing_is_under_way() throws Exception {
        assumeFalse(Threads.virtual(), "virtual threads can't be listed");
        long before = writers();
        try (SessionPair pair = SessionPair.of((req, res) -> res.end(req.readText()))) {
            for (int i = 0; i < 5; i++) {
                String question = "question " + i;
                assertThat(pair.session.<String>exchange((req, res) -> {
                            req.end(question);
                            return res.readText();
                        }))
                        .isEqualTo(question);
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(writers()).isLessThanOrEqualTo(before));
            }
        }
    }
}
