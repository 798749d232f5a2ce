package org.restream.internal.exchange;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.internal.concurrent.Timer;

/**
 * Watches the peer on the second thread, so that a loss can interrupt a handler that waits for something other than its
 * streams. It reads no further ahead while there are bytes that the handler has not consumed.
 */
final class PeerWatch {
    private static final long MOMENT_NANOS = ExchangeConfig.SECOND_THREAD_DELAY.toNanos();

    private final MessageReader reader;
    private final OutgoingStream out;
    private final ExchangeState state;
    private final Listeners listeners;
    private final Timer timer;

    /** The header has arrived, and the watcher waits for the body in place of the handler. */
    private volatile boolean watchesBody;
    /** Set when the handler has had time to attach all its listeners. */
    private volatile boolean listenersDue;

    private volatile Timer.Task listenersTimer = Timer.Task.NONE;

    PeerWatch(MessageReader reader, OutgoingStream out, ExchangeState state, Listeners listeners, Timer timer) {
        this.reader = reader;
        this.out = out;
        this.state = state;
        this.listeners = listeners;
        this.timer = timer;
    }

    /**
     * Returns when the rest of the peer's message has to be read, for listeners or to discard it, or when the exchange
     * has failed.
     */
    void run() throws InterruptedException {
        if (isRestDue() || listenersDue) {
            return;
        }
        try {
            reader.watchHeader();
            watchesBody = true;
            while (!isOver()) {
                long taken = state.progress.received();
                if (reader.awaitBody()) {
                    reader.awaitTaken(taken, this::isOver);
                }
                awaitPause();
            }
        } catch (IOException e) {
            // a failure of the connection has been recorded by the reader already
            state.fail(Reason.HANDLER, e);
        }
        state.monitor.await(() -> isRestDue() || listenersDue || !state.isOpen());
    }

    /** Waits after each read of the handler: a handler that goes on reading notices a loss itself. */
    private void awaitPause() throws InterruptedException {
        long taken;
        do {
            taken = state.progress.received();
        } while (!state.monitor.await(this::isOver, MOMENT_NANOS) && state.progress.received() != taken);
    }

    private boolean isOver() {
        return isRestDue() || listeners.ifMade() != null || !state.isOpen();
    }

    /** Whether the rest of the peer's message has to be read and discarded. */
    private boolean isRestDue() {
        return state.progress.handlerReturned && (!out.keptOpen() || out.isOver());
    }

    /**
     * A listener was attached. The second thread is running already, and gives the handler the usual time to attach
     * others.
     *
     * @return the header, if the second thread has it and waits for the body; the peer may be waiting for a reaction to
     *     the header
     */
    @Nullable
    Header listenerAttached() {
        if (listenersTimer == Timer.Task.NONE) {
            listenersTimer = timer.after(ExchangeConfig.SECOND_THREAD_DELAY, this::listenersDue);
        }
        state.monitor.signal();
        return watchesBody ? reader.headerIfCame() : null;
    }

    private void listenersDue() {
        listenersDue = true;
        state.monitor.signal();
    }

    void stop() {
        listenersTimer.cancel();
    }
}
