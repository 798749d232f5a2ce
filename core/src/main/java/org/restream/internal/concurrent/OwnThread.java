package org.restream.internal.concurrent;

import org.jspecify.annotations.Nullable;

/** The thread that runs something, which may be interrupted for it only while it does. */
public final class OwnThread {
    private @Nullable Thread thread;
    private boolean interruptible;
    /** It knows of the loss. */
    private boolean heard;
    /** It was interrupted for the loss, and for nothing else. */
    private boolean interruptedForLoss;

    /** The calling thread begins. */
    public synchronized void attach() {
        thread = Thread.currentThread();
        interruptible = true;
        heard = false;
        interruptedForLoss = false;
    }

    /** From here on it is not interrupted any more. An interrupt that came was meant for what it has done. */
    public synchronized void shield() {
        interruptible = false;
        Thread.interrupted();
    }

    /** The calling thread goes on to other things. */
    public synchronized void detach() {
        shield();
        thread = null;
    }

    /** Interrupts it, unless it is the caller. */
    public synchronized void interrupt() {
        if (interruptible && thread != null && thread != Thread.currentThread()) {
            interruptedForLoss = false;
            thread.interrupt();
        }
    }

    /** Interrupts it for a loss, of which it has not heard otherwise. */
    public synchronized void interruptForLoss() {
        if (!heard && interruptible && thread != null && thread != Thread.currentThread()) {
            interruptedForLoss = true;
            thread.interrupt();
        }
    }

    /** The calling thread is told of a loss by an exception. If it is this one, it needs no interrupt, and has none for it. */
    public synchronized void heard() {
        if (Thread.currentThread() == thread) {
            heard = true;
            if (interruptedForLoss) {
                interruptedForLoss = false;
                Thread.interrupted();
            }
        }
    }

    /** Whether it is the calling thread. */
    public synchronized boolean isCaller() {
        return Thread.currentThread() == thread;
    }
}
