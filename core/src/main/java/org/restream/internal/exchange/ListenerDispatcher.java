package org.restream.internal.exchange;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.Action;
import org.restream.Header;
import org.restream.Listener;

/**
 * Calls the listeners of one stream, one at a time, in order: header, data…, end or error.
 *
 * <p>{@link #run} reads the message and calls them. A listener that is attached after its event is called by the thread
 * that attaches it, or by the one that is calling another listener at that moment.
 */
final class ListenerDispatcher {
    private static final BodyListener NOBODY = piece -> {};

    private final ExchangeState state;
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

    ListenerDispatcher(ExchangeState state, ListenerCalls calls) {
        this.state = state;
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
        state.monitor.signal();
    }

    /** Whether there is a listener for the header that has not been called yet, or has not returned. */
    boolean isHeaderAwaited() {
        return header.hasListener() && !headerDelivered;
    }

    /** Discards the rest of the body. */
    void dropBody() {
        dropping = true;
        state.monitor.signal();
    }

    /** Records the header before anything is delivered, for a listener that is attached now. */
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
            state.monitor.await(() -> body != null || dropping || calls.mayDrop() || !state.isOpen());
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
            // a failure of the connection has been recorded by the reader; a handler that goes on may wait for it
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

    /** Clears an interrupt flag that a listener has left on this thread: it is not about the connection. */
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

    /** Delivers nothing from now on, except an error, and the body to a listener that receives it already. */
    void deliverNoMore() {
        dropBody();
        header.cancel();
        end.cancel();
    }

    /** Like {@link #deliverNoMore}, and delivers no error either. */
    void mute() {
        deliverNoMore();
        error.cancel();
    }

    /** Delivers the failure of the exchange; nothing is read any more. */
    void failed(IOException cause) {
        begun = true;
        error.happened(cause);
        callDue();
    }

    /** Delivers header and clean end to listeners that are attached after the exchange has completed. */
    void completed(@Nullable Header came) {
        dropBody();
        if (came != null) {
            header.happened(came);
        }
        end.happened(true);
        begun = true;
        callDue();
    }

    /** Calls a listener. If it throws, the exchange fails. */
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

    /** Calls the listeners that are due. Checks again after each round, because calls may become due meanwhile. */
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

    /** Calls the listener for the end or for the error, whichever comes first, and nothing after it. */
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
