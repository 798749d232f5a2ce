package org.restream.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OwnedTest {
    private final Object owner = new Object();

    @Test
    void a_thread_is_its_owners_while_it_does_its_work() {
        boolean[] inside = new boolean[2];
        Owned.by(owner, () -> {
                    inside[0] = Owned.isBy(owner);
                    inside[1] = Owned.isBy(new Object());
                })
                .run();
        assertThat(inside).containsExactly(true, false);
        assertThat(Owned.isBy(owner)).isFalse();
    }

    @Test
    void work_that_throws_leaves_no_mark() {
        assertThatThrownBy(() -> Owned.by(owner, () -> {
                            throw new IllegalStateException("a bug");
                        })
                        .run())
                .hasMessage("a bug");
        assertThat(Owned.isBy(owner)).isFalse();
    }

    @Test
    void other_threads_are_nobodys() throws Exception {
        CompletableFuture<Boolean> other = new CompletableFuture<>();
        Owned.by(owner, () -> Threads.start("other", () -> other.complete(Owned.isBy(owner))))
                .run();
        assertThat(other.get(30, TimeUnit.SECONDS)).isFalse();
    }
}
