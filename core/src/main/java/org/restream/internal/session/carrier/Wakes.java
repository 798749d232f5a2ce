package org.restream.internal.session.carrier;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Whom to wake and what to run once the session's lock is free again. Collected under it. */
final class Wakes {
    private List<Thread> threads = List.of();
    private List<Runnable> runs = List.of();

    void wake(Thread thread) {
        if (threads.isEmpty()) {
            threads = new ArrayList<>(4);
        }
        threads.add(thread);
    }

    void after(Runnable run) {
        if (runs.isEmpty()) {
            runs = new ArrayList<>(4);
        }
        runs.add(run);
    }

    /** What there is by now, for the caller alone; null where there is nothing. */
    @Nullable
    Wakes take() {
        if (threads.isEmpty() && runs.isEmpty()) {
            return null;
        }
        Wakes taken = new Wakes();
        taken.threads = threads;
        taken.runs = runs;
        threads = List.of();
        runs = List.of();
        return taken;
    }

    void run() {
        threads.forEach(LockSupport::unpark);
        runs.forEach(Runnable::run);
    }
}
