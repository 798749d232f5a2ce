package org.restream.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SerialRunnerTest {
    private final List<String> ran = new CopyOnWriteArrayList<>();

    @Test
    void a_flush_waits_for_what_another_thread_runs() throws Exception {
        SerialRunner runner = new SerialRunner(work -> new Thread(work).start());
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        runner.run(() -> {
            begun.complete(null);
            go.join();
            ran.add("first");
        });
        runner.run(() -> ran.add("second"));
        begun.get(10, TimeUnit.SECONDS);
        CompletableFuture<List<String>> flushed = CompletableFuture.supplyAsync(() -> {
            runner.flush();
            return List.copyOf(ran);
        });
        assertThat(flushed).isNotDone();
        go.complete(null);
        assertThat(flushed.get(10, TimeUnit.SECONDS)).containsExactly("first", "second");
    }

    @Test
    void a_flush_runs_what_no_thread_could_be_made_for() {
        SerialRunner runner = new SerialRunner(work -> {
            throw new OutOfMemoryError("no thread");
        });
        runner.run(() -> ran.add("first"));
        runner.run(() -> ran.add("second"));
        runner.flush();
        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void an_interrupt_does_not_end_a_flush_and_is_kept() {
        SerialRunner runner = new SerialRunner(work -> new Thread(work).start());
        runner.run(() -> ran.add("work"));
        Thread.currentThread().interrupt();
        runner.flush();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ran).containsExactly("work");
    }
}
