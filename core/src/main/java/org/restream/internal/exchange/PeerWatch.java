package org.restream.internal.exchange;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;

/**
 * Watches the peer on the second thread, for a handler that may wait for something else than its streams, and is to hear of a loss.
 * Reads no more than what the handler has not taken.
 */
final class PeerWatch {
    private static final long MOMENT_NANOS = ExchangeConfig.SECOND_THREAD_DELAY.toNanos();

    private final MessageReader reader;
    private final OutgoingStream out;
    private final ExchangeState state;
    private final Progress progress;
    private final Listeners listeners;
    private final Monitor monitor;
    private final Timer timer;

    /** It has the header, and waits for the body in the handler's place. */
    private volatile boolean watchesBody;
    /** The handler has had time to attach all its listeners. */
    private volatile boolean listenersDue;

    private volatile Timer.Task listenersTimer = Timer.Task.NONE;

    PeerWatch(
            MessageReader reader,
            OutgoingStream out,
            ExchangeState state,
            Progress progress,
            Listeners listeners,
            Monitor monitor,
            Timer timer) {
        this.reader = reader;
        this.out = out;
        this.state = state;
        this.progress = progress;
        this.listeners = listeners;
        this.monitor = monitor;
        this.timer = timer;
    }

    /** Returns when the rest of the peer's message is to be read, for listeners or for nobody; or when the exchange has failed. */
    void run() throws InterruptedException {
        if (isRestDue() || listenersDue) {
            return;
        }
        try {
            reader.awaitHeader();
            watchesBody = true;
            while (!isOver()) {
                long taken = progress.received();
                if (reader.awaitBody()) {
                    reader.awaitTaken(taken, this::isOver);
                }
                awaitPause();
            }
        } catch (IOException e) {
            // the reader has recorded it, if it was the connection
            state.fail(Reason.HANDLER, e);
        }
        monitor.await(() -> isRestDue() || listenersDue || !state.isOpen());
    }

    /** A handler that reads on hears for itself: after each of its reads it has a moment for the next one. */
    private void awaitPause() throws InterruptedException {
        long taken;
        do {
            taken = progress.received();
        } while (!monitor.await(this::isOver, MOMENT_NANOS) && progress.received() != taken);
    }

    private boolean isOver() {
        return isRestDue() || listeners.ifMade() != null || !state.isOpen();
    }

    /** Whether what is left of the peer's message is read for nobody. */
    private boolean isRestDue() {
        return progress.handlerReturned && (!out.keptOpen() || out.isOver());
    }

    /**
     * A listener was attached. The second thread is there already, and gives the handler the usual time to attach all that it wants.
     *
     * @return the header, where the second thread has it and waits for the body, while the peer may wait for what is said to the header
     */
    @Nullable
    Header listenerAttached() {
        if (listenersTimer == Timer.Task.NONE) {
            listenersTimer = timer.after(ExchangeConfig.SECOND_THREAD_DELAY, this::listenersDue);
        }
        monitor.signal();
        return watchesBody ? reader.headerIfCame() : null;
    }

    private void listenersDue() {
        listenersDue = true;
        monitor.signal();
    }

    void stop() {
        listenersTimer.cancel();
    }
}
