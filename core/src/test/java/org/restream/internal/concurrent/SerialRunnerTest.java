package org.restream.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

    private static void awaitWaits(Thread thread) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> thread.getState() == Thread.State.WAITING);
    }

    private static Thread awaitsRoom(SerialRunner runner, CompletableFuture<Void> had) {
        Thread thread = new Thread(() -> {
            runner.awaitRoom();
            had.complete(null);
        });
        thread.start();
        return thread;
    }

    @Test
    void who_makes_more_work_than_is_done_waits_until_some_is_done() throws Exception {
        SerialRunner runner = new SerialRunner(work -> new Thread(work).start());
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        CompletableFuture<Void> room = new CompletableFuture<>();
        runner.run(() -> {
            begun.complete(null);
            go.join();
        });
        begun.get(10, TimeUnit.SECONDS);
        for (int i = 0; i < 999; i++) {
            runner.run(() -> {});
        }
        runner.awaitRoom();
        runner.run(() -> {});

        Thread waits = awaitsRoom(runner, room);
        awaitWaits(waits);
        waits.interrupt();
        awaitWaits(waits);
        assertThat(room).isNotDone();
        go.complete(null);
        room.get(10, TimeUnit.SECONDS);
    }

    /** Nobody does any work then, until more comes. */
    @Test
    void nobody_waits_for_room_where_no_thread_can_be_made() throws Exception {
        CompletableFuture<Void> room = new CompletableFuture<>();
        AtomicReference<SerialRunner> self = new AtomicReference<>();
        AtomicInteger asked = new AtomicInteger();
        self.set(new SerialRunner(work -> {
            if (asked.incrementAndGet() == 1_500) {
                awaitWaits(awaitsRoom(self.get(), room));
            }
            throw new OutOfMemoryError("no thread");
        }));
        for (int i = 0; i < 1_500; i++) {
            self.get().run(() -> {});
        }
        room.get(10, TimeUnit.SECONDS);
    }
}
