package org.restream.internal.server.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.restream.internal.concurrent.Timer;

/** What the queues of a server have in common: the time that handlers may take, and a timer that looks after all of them. */
public final class QueueTicks {
    /** A handler that takes longer than one or two of them does not delay the exchanges behind it any more. */
    static final Duration TICK = Duration.ofMillis(2);

    private final Timer timer;
    private final LatencyBudget budget;
    private final ConcurrentLinkedQueue<Runnable> wanted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean armed = new AtomicBoolean();

    public QueueTicks(Timer timer) {
        this.timer = timer;
        budget = new LatencyBudget(timer::nanoTime);
    }

    long nanoTime() {
        return timer.nanoTime();
    }

    /** When exchanges get threads of their own. */
    LatencyBudget budget() {
        return budget;
    }

    /** Has that run once, a tick later, by the timer. It must be short, and must neither block nor throw. */
    void next(Runnable look) {
        wanted.add(look);
        if (armed.compareAndSet(false, true)) {
            Timer.Task unused = timer.after(TICK, this::tick);
        }
    }

    private void tick() {
        armed.set(false);
        // what these want to be looked at again is for the next tick
        List<Runnable> now = new ArrayList<>();
        for (Runnable look = wanted.poll(); look != null; look = wanted.poll()) {
            now.add(look);
        }
        now.forEach(Runnable::run);
    }
}
