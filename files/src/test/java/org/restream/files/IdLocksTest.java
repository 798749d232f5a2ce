package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.testing.JavaProcess;

/** A lock that another thread or another process holds. */
class IdLocksTest {
    private static final String ID = Ids.of(1);

    @TempDir
    Path folder;

    /** Holds the lock until it is told a line, or killed. */
    static final class Holder {
        public static void main(String[] args) throws Exception {
            IdLocks.of(Path.of(args[0])).locked(ID, () -> {
                System.out.println("held");
                return System.in.read();
            });
            System.out.println("free");
        }
    }

    private static Thread start(CompletableFuture<String> result, IdLocks locks) {
        Thread thread = new Thread(() -> {
            try {
                result.complete(locks.locked(ID, () -> "done"));
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    void the_lock_of_another_process_is_waited_for() throws Exception {
        try (IdLocks locks = IdLocks.of(folder);
                JavaProcess holder = JavaProcess.start(Holder.class, folder)) {
            assertThat(holder.line()).isEqualTo("held");
            assertThat(locks.tryLock(ID)).isNull();
            assertThat(locks.<String>locked(UploadId.random(), () -> "another")).isEqualTo("another");
            CompletableFuture<String> result = new CompletableFuture<>();
            Thread waits = start(result, locks);
            await().until(() -> waits.getState() == Thread.State.WAITING);
            assertThat(result).isNotDone();
            holder.say("let go");
            assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo("done");
        }
    }

    @Test
    void the_lock_of_a_process_that_is_killed_is_free() throws Exception {
        try (IdLocks locks = IdLocks.of(folder);
                JavaProcess holder = JavaProcess.start(Holder.class, folder)) {
            assertThat(holder.line()).isEqualTo("held");
            holder.kill();
            assertThat(locks.<String>locked(ID, () -> "done")).isEqualTo("done");
        }
    }

    @Test
    void who_is_interrupted_while_it_waits_leaves_no_lock_behind() throws Exception {
        try (IdLocks locks = IdLocks.of(folder);
                JavaProcess holder = JavaProcess.start(Holder.class, folder)) {
            assertThat(holder.line()).isEqualTo("held");
            CompletableFuture<String> result = new CompletableFuture<>();
            Thread waits = start(result, locks);
            await().until(() -> waits.getState() == Thread.State.WAITING);
            waits.interrupt();
            assertThat(result).failsWithin(30, TimeUnit.SECONDS);
            holder.say("let go");
            assertThat(locks.<String>locked(ID, () -> "done")).isEqualTo("done");
        }
    }

    @Test
    void two_stores_of_one_process_share_the_locks() throws Exception {
        try (IdLocks one = IdLocks.of(folder);
                IdLocks other = IdLocks.of(folder)) {
            IdLocks.Held held = one.tryLock(ID);
            assertThat(held).isNotNull();
            assertThat(other.tryLock(ID)).isNull();
            held.close();
            assertThat(other.<String>locked(ID, () -> "done")).isEqualTo("done");
        }
    }
}
