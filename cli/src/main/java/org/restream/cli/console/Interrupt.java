package org.restream.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ctrl-C, SIGTERM and SIGHUP: leave the terminal as it was, and die by the signal. Nothing else is left to do: the kernel resets
 * the connections that are not whole, and the temporary files have no name.
 */
public final class Interrupt {
    private static final long RESTORE_MILLIS = 1_000;

    /** Longer than it takes to die. */
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

    /** A terminal, or what else reads stderr, may take nothing any more. */
    private void restoreInTime() {
        Thread restoring = new Thread(restore, "restream-restore");
        restoring.setDaemon(true);
        restoring.start();
        try {
            restoring.join(RESTORE_MILLIS);
        } catch (InterruptedException e) {
            // all the sooner
            return;
        }
    }

    /**
     * The command has ended by itself, and has restored the terminal. Where a signal came first, it has ended what the command
     * was at: this does not return then, since the signal is what the command dies by, and not an exit status of its own.
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
