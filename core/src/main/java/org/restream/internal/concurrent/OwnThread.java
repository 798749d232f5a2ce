package org.restream.internal.concurrent;

import org.jspecify.annotations.Nullable;

/**
 * The thread that runs a piece of work. Other threads can interrupt it through this, but only while it runs that work.
 */
public final class OwnThread {
    private @Nullable Thread thread;
    private boolean interruptible;
    /** The thread knows about the loss. */
    private boolean heard;
    /** The thread was interrupted because of the loss, and for no other reason. */
    private boolean interruptedForLoss;

    /** The calling thread begins the work. */
    public synchronized void attach() {
        thread = Thread.currentThread();
        interruptible = true;
        heard = false;
        interruptedForLoss = false;
    }

    /**
     * From here on the thread is not interrupted any more. Clears an interrupt, which was meant for the work that is
     * done.
     */
    public synchronized void shield() {
        interruptible = false;
        Thread.interrupted();
    }

    /** The calling thread has finished the work. */
    public synchronized void detach() {
        shield();
        thread = null;
    }

    /** Interrupts the thread, unless it is the caller. */
    public synchronized void interrupt() {
        if (interruptible && thread != null && thread != Thread.currentThread()) {
            interruptedForLoss = false;
            thread.interrupt();
        }
    }

    /** Interrupts the thread because of a loss, unless it knows about that already. */
    public synchronized void interruptForLoss() {
        if (!heard && interruptible && thread != null && thread != Thread.currentThread()) {
            interruptedForLoss = true;
            thread.interrupt();
        }
    }

    /**
     * The calling thread gets an exception for the loss. If it is this thread, it needs no interrupt; one for the loss
     * is cleared.
     */
    public synchronized void heard() {
        if (Thread.currentThread() == thread) {
            heard = true;
            if (interruptedForLoss) {
                interruptedForLoss = false;
                Thread.interrupted();
            }
        }
    }

    /** Whether this is the calling thread. */
    public synchronized boolean isCaller() {
        return Thread.currentThread() == thread;
    }
}
