package org.restream.internal.exchange;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.Action;
import org.restream.Header;
import org.restream.Listener;
import org.restream.internal.concurrent.Monitor;

/**
 * Calls the listeners of one stream, one at a time, in order: header, data…, end or error.
 *
 * <p>{@link #run} reads and calls. A listener attached late, to something that has happened, is called by the thread that
 * attaches it, or by the one that is just calling another.
 */
final class ListenerDispatcher {
    private static final BodyListener NOBODY = piece -> {};

    private final ExchangeState state;
    private final Monitor monitor;
    private final ListenerCalls calls;
    /** Held while a listener is called. */
    private final ReentrantLock lock = new ReentrantLock();

    private final StickyEvent<Header> header = new StickyEvent<>("onHeader");
    private final StickyEvent<Boolean> end = new StickyEvent<>("onEnd");
    private final StickyEvent<IOException> error = new StickyEvent<>("onError");

    private volatile @Nullable BodyListener body;
    private volatile boolean begun;
    private volatile boolean headerDelivered;
    private volatile boolean dropping;

    ListenerDispatcher(ExchangeState state, Monitor monitor, ListenerCalls calls) {
        this.state = state;
        this.monitor = monitor;
        this.calls = calls;
    }

    void onHeader(Listener<? super Header> listener) {
        header.attach(listener);
        callDue();
    }

    void onEnd(Action action) {
        end.attach(ended -> action.run());
        callDue();
    }

    void onError(Listener<? super IOException> listener) {
        error.attach(listener);
        callDue();
    }

    void onData(Listener<? super byte[]> listener) {
        attach(listener::accept);
    }

    void onText(Listener<? super String> listener) {
        attach(BodyListener.ofText(listener, state));
    }

    private void attach(BodyListener added) {
        synchronized (this) {
            if (body != null) {
                throw new IllegalStateException("there is an onData or onText listener already");
            }
            if (dropping) {
                throw new IllegalStateException("too late for onData or onText: the body is being dropped, since none"
                        + " was attached when the handler returned");
            }
            body = added;
        }
        monitor.signal();
    }

    /** Whether there is a listener for the header, which has not been called, or not returned. */
    boolean isHeaderAwaited() {
        return header.hasListener() && !headerDelivered;
    }

    /** What still comes of the body is dropped. */
    void dropBody() {
        dropping = true;
        monitor.signal();
    }

    /** The header is known, though nothing is delivered yet: for a listener of it that is attached now. */
    void headerCame(@Nullable Header came) {
        if (came != null) {
            header.happened(came);
            begun = true;
            callDue();
        }
    }

    /** Reads the message to its end, and calls the listeners. */
    void run(MessageReader reader) throws InterruptedException {
        begun = true;
        try {
            reader.header();
            Header came = reader.headerIfCame();
            if (came != null) {
                header.happened(came);
            }
            callDue();
            clearInterrupt();
            headerDelivered = true;
            calls.headerDelivered();
            monitor.await(() -> body != null || dropping || calls.mayDrop() || !state.isOpen());
            BodyListener to = bodyOrDrop();
            for (byte[] piece = reader.chunk(); piece != null; piece = reader.chunk()) {
                deliver(to, piece);
            }
            if (!dropping) {
                call(to::end);
            }
            if (state.isOpen()) {
                end.happened(true);
            }
            callDue();
            clearInterrupt();
        } catch (IOException e) {
            // the reader has recorded it, if it was the connection; a handler that goes on may wait to hear of it
            state.fail(Reason.HANDLER, e);
            failed(state.exception());
        }
    }

    private void deliver(BodyListener to, byte[] piece) {
        if (to == NOBODY || dropping) {
            calls.dropped(piece.length);
            return;
        }
        call(() -> to.accept(piece));
        clearInterrupt();
    }

    /** A flag that a listener has left on this thread says nothing of the connection. */
    private static void clearInterrupt() {
        Thread.interrupted();
    }

    private synchronized BodyListener bodyOrDrop() {
        BodyListener to = body;
        if (to == null) {
            dropping = true;
            return NOBODY;
        }
        return to;
    }

    /** Nothing is delivered any more but an error, and what comes to a listener that takes the body already. */
    void deliverNoMore() {
        dropBody();
        header.cancel();
        end.cancel();
    }

    /** As {@link #deliverNoMore}, and no error. */
    void mute() {
        deliverNoMore();
        error.cancel();
    }

    /** The exchange has failed, and nothing is read any more. */
    void failed(IOException cause) {
        begun = true;
        error.happened(cause);
        callDue();
    }

    /** All has ended cleanly: for listeners that come when nobody has listened until now. */
    void completed(@Nullable Header came) {
        dropBody();
        if (came != null) {
            header.happened(came);
        }
        end.happened(true);
        begun = true;
        callDue();
    }

    /** One listener; what it throws is the exchange's failure. */
    private void call(Action listener) {
        lock.lock();
        try {
            if (state.isOpen()) {
                listener.run();
                calls.returned();
            }
        } catch (Throwable e) {
            calls.threw(e);
        } finally {
            lock.unlock();
        }
        callDue();
    }

    /** Calls what is due. Who calls looks again after each turn, so what becomes due in it is not forgotten. */
    private void callDue() {
        while (begun && isDue() && !lock.isHeldByCurrentThread() && lock.tryLock()) {
            try {
                call(header);
                callLast();
            } catch (Throwable e) {
                calls.threw(e);
            } finally {
                lock.unlock();
            }
        }
    }

    /** End or error, never both: the first of them is the last call. */
    private void callLast() throws Exception {
        if (end.isDue() && state.failed() == null) {
            error.cancel();
            call(end);
        } else if (error.isDue()) {
            end.cancel();
            call(error);
        }
    }

    private void call(StickyEvent<?> what) throws Exception {
        Action listener = what.take();
        if (listener != null) {
            listener.run();
            calls.returned();
        }
    }

    private boolean isDue() {
        return header.isDue() || (end.isDue() && state.failed() == null) || error.isDue();
    }
}
