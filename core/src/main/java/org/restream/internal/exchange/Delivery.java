package org.restream.internal.exchange;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.restream.Action;
import org.restream.Header;
import org.restream.Listener;
import org.restream.RestreamException;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.wire.TextDecoder;

/**
 * Calls the listeners of one stream, one at a time, in order: header, data…, end or error.
 *
 * <p>{@link #run} reads and delivers. A listener attached late, to something that has happened, is called by the thread that
 * attaches it, or by the one that is just calling another.
 */
final class Delivery {
    /** Takes the body's pieces. */
    private interface Sink {
        void accept(byte[] piece) throws Exception;

        /** The body has ended cleanly. */
        default void end() throws RestreamException {}
    }

    private final Failure failure;
    private final Monitor monitor;
    private final Action afterCall;
    private final LongConsumer dropped;
    private final ReentrantLock turn = new ReentrantLock();
    private final Sticky<Header> header = new Sticky<>("onHeader");
    private final Sticky<Boolean> end = new Sticky<>("onEnd");
    private final Sticky<IOException> error = new Sticky<>("onError");

    private volatile @Nullable Sink sink;
    private volatile boolean begun;
    private volatile boolean handlerReturned;
    private boolean dropping;

    /**
     * Makes it; nothing is read before {@link #run}.
     *
     * @param afterCall is run after each listener
     * @param dropped is told the number of bytes that no listener gets
     */
    Delivery(Failure failure, Monitor monitor, Action afterCall, LongConsumer dropped) {
        this.failure = failure;
        this.monitor = monitor;
        this.afterCall = afterCall;
        this.dropped = dropped;
    }

    void onHeader(Listener<? super Header> listener) {
        header.attach(listener);
        callDue();
    }

    void onEnd(Action action) {
        end.attach(ended -> action.run());
        callDue();
    }

    void onError(Listener<IOException> listener) {
        error.attach(listener);
        callDue();
    }

    void onData(Listener<byte[]> listener) {
        attach(listener::accept);
    }

    void onText(Listener<String> listener) {
        TextDecoder decoder = new TextDecoder();
        attach(new Sink() {
            @Override
            public void accept(byte[] piece) throws Exception {
                String text = decoder.decode(piece, 0, piece.length);
                if (!text.isEmpty()) {
                    listener.accept(text);
                }
            }

            @Override
            public void end() throws RestreamException {
                decoder.end();
            }
        });
    }

    private void attach(Sink added) {
        synchronized (this) {
            if (sink != null) {
                throw new IllegalStateException("there is an onData or onText listener already");
            }
            if (dropping) {
                throw new IllegalStateException("too late for onData or onText: the body is being dropped, since none"
                        + " was attached when the handler returned");
            }
            sink = added;
        }
        monitor.signal();
    }

    /** What nobody has asked for until now, except in a header listener, nobody asks for. */
    void handlerReturned() {
        handlerReturned = true;
        monitor.signal();
    }

    /** Reads the message to its end, and delivers it. */
    void run(MessageReader reader) throws InterruptedException {
        begun = true;
        try {
            Header known = reader.header();
            if (reader.headerCame()) {
                header.happened(known);
            }
            callDue();
            Thread.interrupted();
            monitor.await(() -> sink != null || handlerReturned || failure.happened());
            Sink to = sinkOrDrop();
            for (byte[] piece = reader.chunk(); piece != null; piece = reader.chunk()) {
                byte[] next = piece;
                call(() -> to.accept(next));
                // a flag that a listener has left on this thread says nothing of the connection
                Thread.interrupted();
            }
            call(to::end);
            if (!failure.happened()) {
                end.happened(true);
            }
            callDue();
            Thread.interrupted();
        } catch (IOException e) {
            // the reader has noted it as the exchange's failure; a handler that goes on may wait to hear of it
            if (failure.happened()) {
                failed(failure.exception());
            }
        }
    }

    private synchronized Sink sinkOrDrop() {
        Sink to = sink;
        if (to == null) {
            dropping = true;
            return piece -> dropped.accept(piece.length);
        }
        return to;
    }

    /** The exchange has failed, and nothing is read any more. */
    void failed(IOException cause) {
        begun = true;
        end.cancel();
        error.happened(cause);
        callDue();
    }

    /** All has ended cleanly: for listeners that come when nobody has listened until now. */
    void completed(@Nullable Header came) {
        sinkOrDrop();
        if (came != null) {
            header.happened(came);
        }
        end.happened(true);
        begun = true;
        callDue();
    }

    /** One listener, in its turn; what it throws is the exchange's failure. */
    private void call(Action listener) {
        turn.lock();
        try {
            if (!failure.happened()) {
                listener.run();
                afterCall.run();
            }
        } catch (Throwable e) {
            failure.threw(e);
        } finally {
            turn.unlock();
        }
        callDue();
    }

    /** Calls what is due. Who calls looks again after each turn, so what becomes due in it is not forgotten. */
    private void callDue() {
        while (begun && isDue() && !turn.isHeldByCurrentThread() && turn.tryLock()) {
            try {
                callDue(header);
                callDue(end);
                callDue(error);
            } catch (Throwable e) {
                failure.threw(e);
            } finally {
                turn.unlock();
            }
        }
    }

    private void callDue(Sticky<?> what) throws Exception {
        Action listener = what.take();
        if (listener != null) {
            listener.run();
            afterCall.run();
        }
    }

    private boolean isDue() {
        return header.isDue() || end.isDue() || error.isDue();
    }
}
