package org.restream.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmHoldTest {
    @Test
    void one_thread_keeps_the_JVM_alive_until_the_last_is_released() throws Exception {
        for (Thread left : threads()) {
            left.join(30_000);
        }
        assertThat(threads()).isEmpty();

        JvmHold.hold();
        Thread thread = threads().get(0);
        assertThat(thread.isDaemon()).isFalse();
        JvmHold.hold();
        assertThat(threads()).containsExactly(thread);

        JvmHold.release();
        assertThat(thread.isAlive()).isTrue();
        JvmHold.release();
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();

        JvmHold.hold();
        Thread again = threads().get(0);
        assertThat(again).isNotSameAs(thread);
        JvmHold.release();
        again.join(30_000);
        assertThat(again.isAlive()).isFalse();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("restream-keep-alive") && thread.isAlive())
                .toList();
    }
}
