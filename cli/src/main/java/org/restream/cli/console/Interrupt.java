package org.restream.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * On Ctrl-C, SIGTERM and SIGHUP, restores the terminal and dies by the signal. Nothing else has to be cleaned up: the
 * kernel resets unfinished connections, and the temporary files have no names.
 */
public final class Interrupt {
    private static final long RESTORE_MILLIS = 1_000;

    /** More time than the process needs to die. */
    private static final long DEATH_SECONDS = 30;

    private enum State {
        RUNNING,
        OVER,
        DYING
    }

    private final Runnable restore;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    private Interrupt(Runnable restore) {
        this.restore = restore;
    }

    public static Interrupt on(Runnable restore) {
        Interrupt interrupt = new Interrupt(restore);
        Signals.each(interrupt::die);
        return interrupt;
    }

    private void die(String signal) {
        if (state.compareAndSet(State.RUNNING, State.DYING)) {
            restoreInTime();
        }
        Signals.dieBy(signal);
    }

    /** Restores the terminal, but with a time limit: whatever reads stderr may have stalled. */
    private void restoreInTime() {
        Thread restoring = new Thread(restore, "restream-restore");
        restoring.setDaemon(true);
        restoring.start();
        try {
            restoring.join(RESTORE_MILLIS);
        } catch (InterruptedException e) {
            // then die at once
            return;
        }
    }

    /**
     * Call this when the command has ended by itself and has restored the terminal. If a signal came first, this does
     * not return: the command has to die by that signal instead of exiting with a status of its own.
     */
    public void off() {
        if (state.compareAndSet(State.RUNNING, State.OVER)) {
            return;
        }
        try {
            boolean unused = new CountDownLatch(1).await(DEATH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
