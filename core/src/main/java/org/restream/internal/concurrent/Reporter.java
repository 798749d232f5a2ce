package org.restream.internal.concurrent;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.Listener;

/** Hands events to the user's listener, one at a time; what the listener throws is logged. */
public final class Reporter<E> {
    private static final System.Logger LOG = System.getLogger("org.restream");

    private final @Nullable Listener<? super E> listener;
    private final System.Logger log;
    private final ReentrantLock turn = new ReentrantLock();

    public Reporter(@Nullable Listener<? super E> listener) {
        this(listener, LOG);
    }

    Reporter(@Nullable Listener<? super E> listener, System.Logger log) {
        this.listener = listener;
        this.log = log;
    }

    public void report(E event) {
        log.log(System.Logger.Level.DEBUG, () -> event.toString());
        if (listener == null) {
            return;
        }
        turn.lock();
        try {
            listener.accept(event);
        } catch (Throwable e) {
            log.log(System.Logger.Level.ERROR, "a listener failed with the event " + event, e);
        } finally {
            turn.unlock();
        }
    }

    /** Whether the calling thread is in the listener. */
    public boolean isReporting() {
        return turn.isHeldByCurrentThread();
    }

    /** Reports a failure of the user's own code: to the log, where there is no listener to hear of it. */
    public void reportBug(String what, Throwable bug, E event) {
        if (listener == null) {
            log.log(System.Logger.Level.ERROR, what, bug);
        }
        report(event);
    }
}
