package org.restream.internal.event;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.restream.Listener;
import org.restream.internal.jfr.Flight;
import org.restream.internal.text.Printable;
import org.restream.internal.text.PrintableThrowable;
import org.restream.internal.text.SafeText;

/**
 * Passes events to the user's listener, one at a time, or to the log if there is none. Text from a peer, in the message
 * of a user's exception say, is made printable for the log. A listener or log that throws does not affect the caller.
 */
public final class EventReporter<E> {
    private final @Nullable Listener<? super E> listener;
    private final Consumer<? super E> flight;
    private final Supplier<System.Logger> log;
    /**
     * Held while the listener is called, which may take any time: a thread that closes must not wait for it without a
     * limit.
     */
    private final ReentrantLock lock = new ReentrantLock();
    /** Nothing is reported any more. */
    private volatile boolean ended;

    /**
     * @param flight records events where Flight Recorder runs
     */
    public EventReporter(@Nullable Listener<? super E> listener, Consumer<? super E> flight) {
        this(listener, flight, () -> Log.LOGGER);
    }

    /** Not recorded. */
    EventReporter(@Nullable Listener<? super E> listener) {
        this(listener, () -> Log.LOGGER);
    }

    EventReporter(@Nullable Listener<? super E> listener, Supplier<System.Logger> log) {
        this(listener, event -> {}, log);
    }

    private EventReporter(
            @Nullable Listener<? super E> listener, Consumer<? super E> flight, Supplier<System.Logger> log) {
        this.listener = listener;
        this.flight = flight;
        this.log = log;
    }

    public void report(E event) {
        report(event, System.Logger.Level.DEBUG);
    }

    /** Whether anybody hears of ordinary events: else they need not be made. */
    public boolean isHeard() {
        return listener != null || Flight.isOn() || isLogged();
    }

    private boolean isLogged() {
        try {
            return log.get().isLoggable(System.Logger.Level.DEBUG);
        } catch (Throwable e) {
            // the log is foreign code; what is logged meets the same failure, which is reported then
            return true;
        }
    }

    /** Reports an event that a waiting user wants to see, so it is logged at level INFO if there is no listener. */
    public void reportNotice(E event) {
        report(event, System.Logger.Level.INFO);
    }

    /** Reports the last event: whatever is reported after it is dropped. */
    public void reportLast(E event) {
        report(event, System.Logger.Level.DEBUG, true);
    }

    private void report(E event, System.Logger.Level level) {
        report(event, level, false);
    }

    private void report(E event, System.Logger.Level level, boolean last) {
        if (Flight.isOn()) {
            Flight.guarded(() -> flight.accept(event));
        }
        if (listener == null) {
            if (!ended) {
                ended = last;
                log(level, event);
            }
            return;
        }
        lock.lock();
        try {
            if (!ended) {
                ended = last;
                tell(listener, event);
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(Listener<? super E> to, E event) {
        try {
            to.accept(event);
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                // the interrupt was meant for what the thread does next
                Thread.currentThread().interrupt();
            }
            log("a listener failed with the event " + text(event), e);
        }
    }

    /** Reports a failure of the user's own code. If there is no listener, it is logged as an error. */
    public void reportBug(String what, Throwable bug, E event) {
        if (listener == null) {
            log(what, bug);
        }
        report(event);
    }

    /** Logs what a user's code threw when it was too late for an event. */
    public void logBug(String what, Throwable bug) {
        log(what, bug);
    }

    private void log(System.Logger.Level level, E event) {
        guarded(() -> log.get().log(level, () -> text(event)));
    }

    private void log(String what, Throwable bug) {
        guarded(() -> log.get().log(System.Logger.Level.ERROR, what, PrintableThrowable.of(bug)));
    }

    /** Guards a call of the log, which is foreign code too: it may throw, or run out of memory or stack. */
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
            // there is no other way to report this
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

    /** A class of its own, so that a program with a listener does not load the JDK's logging. */
    private static final class Log {
        static final System.Logger LOGGER = System.getLogger("org.restream");
    }
}
