package org.restream.internal.concurrent;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.restream.Listener;
import org.restream.internal.text.Printable;
import org.restream.internal.text.PrintableThrowable;

/**
 * Hands events to the user's listener, one at a time; to the log, where there is none. What came from a peer, in the message of
 * a user's exception say, is made printable for the log.
 */
public final class Reporter<E> {
    private final @Nullable Listener<? super E> listener;
    private final Supplier<System.Logger> log;
    private final ReentrantLock turn = new ReentrantLock();

    public Reporter(@Nullable Listener<? super E> listener) {
        this(listener, () -> Log.LOGGER);
    }

    Reporter(@Nullable Listener<? super E> listener, Supplier<System.Logger> log) {
        this.listener = listener;
        this.log = log;
    }

    public void report(E event) {
        report(event, System.Logger.Level.DEBUG);
    }

    /** Reports what somebody who waits wants to know, also where there is only the log. */
    public void reportNotice(E event) {
        report(event, System.Logger.Level.INFO);
    }

    private void report(E event, System.Logger.Level level) {
        if (listener == null) {
            log.get().log(level, () -> text(event));
            return;
        }
        turn.lock();
        try {
            listener.accept(event);
        } catch (Throwable e) {
            log.get()
                    .log(
                            System.Logger.Level.ERROR,
                            "a listener failed with the event " + text(event),
                            PrintableThrowable.of(e));
        } finally {
            turn.unlock();
        }
    }

    /** Reports a failure of the user's own code, which the log shows too where no listener hears of it. */
    public void reportBug(String what, Throwable bug, E event) {
        if (listener == null) {
            log.get().log(System.Logger.Level.ERROR, what, PrintableThrowable.of(bug));
        }
        report(event);
    }

    private static String text(Object event) {
        return Printable.whole(String.valueOf(event));
    }

    /** Whether the calling thread is in the listener. */
    public boolean isReporting() {
        return turn.isHeldByCurrentThread();
    }

    /** A class of its own: a program that listens to its events need not load the JDK's logging. */
    private static final class Log {
        static final System.Logger LOGGER = System.getLogger("org.restream");
    }
}
