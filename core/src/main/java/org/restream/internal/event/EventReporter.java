package org.restream.internal.event;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.restream.Listener;
import org.restream.internal.text.Printable;
import org.restream.internal.text.PrintableThrowable;
import org.restream.internal.text.SafeText;

/**
 * Hands events to the user's listener, one at a time; to the log, where there is none. What came from a peer, in the message of
 * a user's exception say, is made printable for the log. Neither a listener nor a log that throws does harm to who reports.
 */
public final class EventReporter<E> {
    private final @Nullable Listener<? super E> listener;
    private final Supplier<System.Logger> log;
    /** Held while the listener is called, which may take any time: nobody may wait for it without a bound who has to close. */
    private final ReentrantLock lock = new ReentrantLock();

    public EventReporter(@Nullable Listener<? super E> listener) {
        this(listener, () -> Log.LOGGER);
    }

    EventReporter(@Nullable Listener<? super E> listener, Supplier<System.Logger> log) {
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
            log(level, event);
            return;
        }
        lock.lock();
        try {
            tell(listener, event);
        } finally {
            lock.unlock();
        }
    }

    private void tell(Listener<? super E> to, E event) {
        try {
            to.accept(event);
        } catch (Throwable e) {
            log("a listener failed with the event " + text(event), e);
        }
    }

    /** Reports a failure of the user's own code, which the log shows too where no listener hears of it. */
    public void reportBug(String what, Throwable bug, E event) {
        if (listener == null) {
            log(what, bug);
        }
        report(event);
    }

    /** What a user's code threw when nobody could be told of it any more. */
    public void logBug(String what, Throwable bug) {
        log(what, bug);
    }

    private void log(System.Logger.Level level, E event) {
        guarded(() -> log.get().log(level, () -> text(event)));
    }

    private void log(String what, Throwable bug) {
        guarded(() -> log.get().log(System.Logger.Level.ERROR, what, PrintableThrowable.of(bug)));
    }

    /** A log is the user's too: it may throw, or run out of memory or stack. */
    private static void guarded(Runnable logging) {
        try {
            logging.run();
        } catch (Throwable e) {
            lastResort(e);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void lastResort(Throwable thrown) {
        try {
            System.err.println(
                    "restream: the log has failed: " + thrown.getClass().getName());
        } catch (Throwable e) {
            // there is nobody left to tell
            return;
        }
    }

    private static String text(Object event) {
        return Printable.whole(SafeText.of(event));
    }

    /** Whether the calling thread is in the listener. */
    public boolean isReporting() {
        return lock.isHeldByCurrentThread();
    }

    /** A class of its own: a program that listens to its events need not load the JDK's logging. */
    private static final class Log {
        static final System.Logger LOGGER = System.getLogger("org.restream");
    }
}
