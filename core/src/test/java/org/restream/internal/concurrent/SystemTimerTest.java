package org.restream.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SystemTimerTest {
    private final Timer timer = Timer.system();

    @Test
    void there_is_one_for_all_and_its_time_only_grows() {
        assertThat(Timer.system()).isSameAs(timer);
        long before = timer.nanoTime();
        assertThat(timer.nanoTime() - before).isNotNegative();
    }

    @Test
    void work_runs_after_its_delay_on_a_daemon_thread() throws Exception {
        CompletableFuture<Thread> ranOn = new CompletableFuture<>();
        CompletableFuture<Long> ranAt = new CompletableFuture<>();
        long start = timer.nanoTime();
        Timer.Task unused = timer.after(Duration.ofMillis(5), () -> {
            ranAt.complete(timer.nanoTime());
            ranOn.complete(Thread.currentThread());
        });
        assertThat(ranAt.get(30, TimeUnit.SECONDS) - start).isGreaterThanOrEqualTo(5_000_000);
        assertThat(ranOn.get().isDaemon()).isTrue();
        assertThat(ranOn.get().getName()).isEqualTo("restream-timer");
    }

    @Test
    void cancelled_work_does_not_run_and_cancelling_again_is_fine() throws Exception {
        List<String> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> later = new CompletableFuture<>();
        Timer.Task task = timer.after(Duration.ofMillis(20), () -> ran.add("cancelled"));
        task.cancel();
        task.cancel();
        // due later than the cancelled one, on the same thread
        Timer.Task unused = timer.after(Duration.ofMillis(30), () -> later.complete(null));
        later.get(30, TimeUnit.SECONDS);
        assertThat(ran).isEmpty();
        Timer.Task.NONE.cancel();
    }

    @Test
    void work_that_throws_does_not_stop_the_timer() throws Exception {
        CompletableFuture<Void> later = new CompletableFuture<>();
        Timer.Task first = timer.after(Duration.ZERO, () -> {
            throw new IllegalStateException("a bug");
        });
        Timer.Task second = timer.after(Duration.ZERO, () -> later.complete(null));
        later.get(30, TimeUnit.SECONDS);
        first.cancel();
        second.cancel();
    }

    @Test
    void the_longest_delay_is_taken_beside_a_short_one() throws Exception {
        CompletableFuture<Void> soon = new CompletableFuture<>();
        Timer.Task never =
                timer.after(Duration.ofNanos(Long.MAX_VALUE), () -> soon.completeExceptionally(new AssertionError()));
        Timer.Task unused = timer.after(Duration.ZERO, () -> soon.complete(null));
        soon.get(30, TimeUnit.SECONDS);
        never.cancel();
    }
}
