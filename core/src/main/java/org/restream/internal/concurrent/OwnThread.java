package org.restream.internal.concurrent;

import org.jspecify.annotations.Nullable;

/** The thread that runs something, which may be interrupted for it only while it does. */
public final class OwnThread {
    private @Nullable Thread thread;
    private boolean interruptible;

    /** The calling thread begins. */
    public synchronized void attach() {
        thread = Thread.currentThread();
        interruptible = true;
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
            thread.interrupt();
        }
    }

    /** Whether it is the calling thread. */
    public synchronized boolean isCaller() {
        return Thread.currentThread() == thread;
    }
}
