package org.restream.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class MonitorTest {
    private final Monitor monitor = new Monitor();
    private final AtomicBoolean holds = new AtomicBoolean();
    /** One permit for each check of the condition. It is checked under the lock, so a later signal is never lost. */
    private final Semaphore looks = new Semaphore(0);

    private final BooleanSupplier condition = () -> {
        looks.release();
        return holds.get();
    };

    @Test
    void it_waits_until_the_condition_holds_and_looks_again_at_each_signal() throws Exception {
        CompletableFuture<Void> waiter = inThread(() -> monitor.await(condition));
        awaitLook();
        monitor.signal();
        awaitLook();
        assertThat(waiter).isNotDone();
        holds.set(true);
        monitor.signal();
        waiter.get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_signal_wakes_everybody() throws Exception {
        CompletableFuture<Void> one = inThread(() -> monitor.await(condition));
        CompletableFuture<Void> other = inThread(() -> monitor.await(condition, Long.MAX_VALUE));
        awaitLook();
        awaitLook();
        holds.set(true);
        monitor.signal();
        CompletableFuture.allOf(one, other).get(30, TimeUnit.SECONDS);
    }

    @Test
    void what_holds_already_is_not_waited_for() throws Exception {
        monitor.await(() -> true);
        assertThat(monitor.await(() -> true, 0)).isTrue();
        assertThat(monitor.await(() -> true, -1)).isTrue();
    }

    @Test
    void it_says_when_the_time_is_over() throws Exception {
        assertThat(monitor.await(() -> false, 0)).isFalse();
        assertThat(monitor.await(() -> false, 1_000)).isFalse();
    }

    @Test
    void an_interrupt_ends_the_wait() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> monitor.await(() -> false)).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> monitor.await(() -> false, Long.MAX_VALUE)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> inThread(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Threads.start("test-waiter", () -> {
            try {
                work.run();
                done.complete(null);
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private void awaitLook() throws InterruptedException {
        assertThat(looks.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void what_is_so_already_is_seen_before_an_interrupt_flag() throws Exception {
        Monitor monitor = new Monitor();
        Thread.currentThread().interrupt();
        try {
            monitor.await(() -> true);
            assertThat(monitor.await(() -> true, 1)).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
