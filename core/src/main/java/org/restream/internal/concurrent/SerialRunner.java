package org.restream.internal.concurrent;

import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs work that may block, one piece after another, on a thread that there is only while there is work. */
public final class SerialRunner {
    private final Consumer<Runnable> threads;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    /**
     * @param threads runs work on a thread
     */
    public SerialRunner(Consumer<Runnable> threads) {
        this.threads = threads;
    }

    /** Has it run after all that came before. It must not throw. */
    public void run(Runnable work) {
        synchronized (this) {
            waiting.add(work);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            threads.accept(this::runAll);
        } catch (Throwable e) {
            // no thread can be made: it is run with what comes next
            synchronized (this) {
                running = false;
            }
        }
    }

    /**
     * Returns once all work that came before has run, on the calling thread where no other runs it. Interrupts don't end
     * the wait. Work of this runner must not call it.
     */
    public void flush() {
        CountDownLatch done = new CountDownLatch(1);
        boolean mine;
        synchronized (this) {
            waiting.add(done::countDown);
            mine = !running;
            running = true;
        }
        if (mine) {
            runAll();
        }
        boolean interrupted = false;
        while (done.getCount() > 0) {
            try {
                done.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runAll() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        running = next != null;
        return next;
    }
}
