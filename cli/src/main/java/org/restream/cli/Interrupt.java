package org.restream.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C, SIGTERM and SIGHUP: leave the terminal as it was, and die by the signal. Nothing else is left to do: the kernel resets
 * the connections that are not whole, and the temporary files have no name.
 */
final class Interrupt {
    private static final long RESTORE_MILLIS = 1_000;

    private final Runnable restore;
    private final AtomicBoolean over = new AtomicBoolean();

    private Interrupt(Runnable restore) {
        this.restore = restore;
    }

    static Interrupt on(Runnable restore) {
        Interrupt interrupt = new Interrupt(restore);
        Signals.each(interrupt::die);
        return interrupt;
    }

    private void die(String signal) {
        if (!over.get()) {
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

    /** The command has ended by itself, and has restored the terminal. */
    void off() {
        over.set(true);
    }
}
