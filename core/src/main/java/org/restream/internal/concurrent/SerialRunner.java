package org.restream.internal.concurrent;

import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs work that may block, one piece after another, on a thread that there is only while there is work. */
public final class SerialRunner {
    /** With so much work that waits, {@link #awaitRoom} waits too. */
    private static final int MANY = 1_000;

    private final Consumer<Runnable> threads;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final Monitor monitor = new Monitor();
    private volatile boolean running;
    private volatile int count;

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
            count = waiting.size();
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
            monitor.signal();
        }
    }

    /** Waits while there is much work, since it is made faster than it is done. Interrupts don't end the wait. */
    public void awaitRoom() {
        monitor.awaitUninterruptibly(() -> count < MANY || !running);
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

    private @Nullable Runnable next() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            running = next != null;
            count = waiting.size();
        }
        monitor.signal();
        return next;
    }
}
