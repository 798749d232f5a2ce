package org.restream.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.restream.testing.JavaProcess;

class ThreadsTest {
    private final CompletableFuture<Thread> ranOn = new CompletableFuture<>();

    @Test
    void threads_are_virtual_where_the_JVM_has_them() throws Exception {
        boolean has = Runtime.version().feature() >= 21;
        assertThat(Threads.virtual()).isEqualTo(has);
        Thread thread = Threads.start("a-name", () -> ranOn.complete(Thread.currentThread()));
        assertThat(ranOn.get(30, TimeUnit.SECONDS)).isSameAs(thread);
        // virtual threads are of the class java.lang.VirtualThread; Thread.isVirtual() does not exist on 17
        assertThat(thread.getClass().getSimpleName()).isEqualTo(has ? "VirtualThread" : "Thread");
    }

    @Test
    void a_process_can_do_without_virtual_ones() throws Exception {
        List<String> options = List.of("-Dorg.restream.threads=platform");
        try (JavaProcess process = JavaProcess.start(options, WhichThreads.class)) {
            assertThat(process.line()).isEqualTo("virtual: false");
            assertThat(process.exitCode()).isZero();
        }
    }

    /** Prints which kind of threads it has. */
    static final class WhichThreads {
        private WhichThreads() {}

        public static void main(String[] args) {
            System.out.println("virtual: " + Threads.virtual());
        }
    }

    @Test
    void a_thread_has_its_name_is_a_daemon_and_waits_to_be_started() {
        Thread thread = Threads.unstarted("a-name", () -> ranOn.complete(Thread.currentThread()));
        assertThat(thread.getName()).isEqualTo("a-name");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
        assertThat(ranOn).isNotDone();
    }

    @Test
    void a_platform_thread_is_one_everywhere() {
        Thread thread = Threads.platform("a-name", () -> {});
        assertThat(thread.getClass()).isSameAs(Thread.class);
        assertThat(thread.getName()).isEqualTo("a-name");
        assertThat(thread.isDaemon()).isTrue();
    }

    @Test
    void work_that_is_run_has_a_thread_alone_and_of_its_name() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        CompletableFuture<Void> both = CompletableFuture.allOf(first, second);
        Threads.run("one", () -> {
            first.complete(Thread.currentThread().getName());
            both.join();
        });
        Threads.run("two", () -> {
            second.complete(Thread.currentThread().getName());
            both.join();
        });
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("one");
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("two");
    }
}
