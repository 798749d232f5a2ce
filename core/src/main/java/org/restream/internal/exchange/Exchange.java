package org.restream.internal.exchange;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.Action;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.internal.concurrent.OwnThread;
import org.restream.internal.exchange.ExchangeConfig.Side;
import org.restream.internal.link.Link;

/**
 * An exchange over a link: runs the handler, then reads and writes the rest, until both messages have ended.
 *
 * <p>The thread that calls {@link #run} does all of this. A second one is started if the first may be busy for long while there
 * is something to read: in a handler that goes on after it has attached a listener, or in sending the rest.
 */
public final class Exchange {
    private final ExchangeConfig config;
    private final ExchangeState state;
    private final Progress progress;
    private final OutgoingMessage message;
    private final OutgoingStream out;
    private final MessageReader reader;
    private final RestReader rest;
    private final Listeners listeners;
    private final IncomingStream in;
    private final OwnThread handlerThread = new OwnThread();
    /** Watches the peer if a loss has to interrupt the handler; otherwise null. */
    private final @Nullable PeerWatch watch;

    /** It begins with {@link #run}. The peer's header may take {@code headerTimeout}; zero for no limit. */
    public Exchange(Link link, ExchangePeer peer, ExchangeConfig config, Duration headerTimeout) {
        this.config = config;
        state = new ExchangeState(link, handlerThread);
        progress = state.progress;
        message = new OutgoingMessage(link, state);
        out = new OutgoingStream(message, state);
        reader = new MessageReader(link, state, headerTimeout, out, config);
        rest = new RestReader(this::readRest, config, state);
        listeners = new Listeners(this::dispatcher);
        in = new IncomingStream(reader, state, listeners, this::listenerAttached, peer);
        watch = config.interrupts() ? new PeerWatch(reader, out, state, listeners, config.timer()) : null;
    }

    public Incoming incoming() {
        return in;
    }

    public Outgoing outgoing() {
        return out;
    }

    public ExchangeBytes bytes() {
        return new ExchangeBytes(progress.sent(), progress.received());
    }

    /** Runs the exchange until it has completed or failed. */
    public Outcome run(Action handler) {
        handlerThread.attach();
        if (watch != null) {
            rest.scheduleSecondThread();
        }
        try {
            if (state.isOpen()) {
                guard(handler);
            }
            returned();
            // after keepOpen() another thread may read
            if (out.endsByCall() && !progress.listening) {
                state.monitor.await(out::isOver);
            }
            rest.readOrAwait();
            state.monitor.await(out::isOver);
        } catch (InterruptedException e) {
            waitWasInterrupted();
        } catch (Throwable e) {
            state.fail(Reason.HANDLER, e);
        } finally {
            reader.endDeadline();
            rest.stop();
            if (watch != null) {
                watch.stop();
            }
        }
        try {
            return conclude();
        } finally {
            handlerThread.detach();
        }
    }

    /** Runs the user's code. What it throws usually ends the exchange. */
    private void guard(Action code) {
        try {
            code.run();
        } catch (Throwable e) {
            exceptions().threw(e);
        } finally {
            // an interrupt flag that the user's code has left is not about the connection
            Thread.interrupted();
        }
    }

    /** Made when the user's code throws, which it rarely does. */
    private UserExceptions exceptions() {
        return new UserExceptions(config, state, message, out, reader, in, listeners);
    }

    /** If both messages have ended, the interrupt was meant for a listener on the second thread. */
    private void waitWasInterrupted() {
        if (progress.isWhole()) {
            rest.awaitEnd();
        } else {
            state.fail(Reason.HANDLER, new IOException("the thread was interrupted"));
        }
    }

    /** Resets the connection and interrupts its threads, unless the exchange is complete. Any thread may call this. */
    public void cancel(Reason reason, String why) {
        cancel(reason, why, () -> {});
    }

    /** The same; {@code ending} ends the link in its own way, after the reason is recorded. */
    public void cancel(Reason reason, String why, Runnable ending) {
        boolean first = progress.isWhole() || state.fail(reason, new IOException(why), ending);
        ending.run();
        // who hears of a loss by an exception needs no interrupt
        Runnable interrupt = reason == Reason.CLOSED ? handlerThread::interrupt : handlerThread::interruptForLoss;
        interrupt.run();
        if (first || reason == Reason.CLOSED) {
            rest.interruptSecond();
        }
    }

    /** Subtracts time that was used before the exchange from the peer's time for its header. */
    public void headerTimeSpent(Duration time) {
        reader.headerTimeSpent(time);
    }

    /** Fails the exchange for a reason that its owner has found. */
    public void fail(Reason reason, Throwable cause) {
        state.fail(reason, cause);
    }

    /** Its owner has found the connection lost. Has no effect if both messages have ended. */
    public void lost(IOException cause) {
        if (!progress.isWhole() && state.fail(Reason.LIMIT, cause) && config.interrupts()) {
            handlerThread.interruptForLoss();
            rest.interruptSecond();
        }
    }

    /** Whether the calling thread is running its handler or one of its listeners. */
    public boolean isRunByCaller() {
        return handlerThread.isCaller() || rest.isSecond();
    }

    private void returned() {
        progress.handlerReturned = true;
        state.monitor.signal();
        if (!isContinuedByHeaderListener()) {
            sendRest();
        } else {
            rest.scheduleSecondThread();
        }
    }

    /** A server with only a header listener usually answers there, so it counts as a part of the handler. */
    private boolean isContinuedByHeaderListener() {
        return config.side() == Side.SERVER && listeners.isHeaderAwaited() && !progress.listening && !out.isOver();
    }

    private void sendRest() {
        if (!progress.peerEnded && (progress.listening || !out.endsByCall())) {
            rest.scheduleSecondThread();
        }
        try {
            out.handlerReturned();
        } catch (IOException e) {
            // a lost connection, or a peer that has stopped reading, is recorded; the rest is the handler's failure
            if (!out.isOver()) {
                state.fail(Reason.HANDLER, e);
            }
        }
    }

    private void readRest() throws InterruptedException {
        if (watch != null) {
            watch.run();
        }
        ListenerDispatcher made = listeners.ifMade();
        if (made != null) {
            made.run(reader);
        } else {
            drain().toEnd();
        }
        if (config.interrupts() && !progress.handlerReturned && state.failed() != null) {
            handlerThread.interruptForLoss();
        }
    }

    private ListenerDispatcher dispatcher() {
        return new ListenerDispatcher(state, new ListenerCalls(out, progress, exceptions(), drain(), this::sendRest));
    }

    private Drain drain() {
        return new Drain(reader, out, state, config.timer());
    }

    private void listenerAttached() {
        rest.scheduleSecondThread();
        Header came = watch == null ? null : watch.listenerAttached();
        if (came != null) {
            listeners.get().headerCame(came);
        }
    }

    private Outcome conclude() {
        boolean answeredEarly = config.side() == Side.CLIENT && progress.headerCame && progress.peerEnded;
        if (message.isStopped() && !answeredEarly) {
            state.fail(Reason.STOPPED_READING, message.stopped());
        }
        if (state.isOpen() && (!progress.peerEnded || !out.isOver())) {
            state.fail(
                    Reason.HANDLER, new IllegalStateException("the exchange stopped before both messages had ended"));
        }
        if (!state.complete()) {
            rest.awaitEnd();
        }
        listeners.ended(this::deliverEnd);
        progress.outcomeKnown = true;
        return Outcome.of(state);
    }

    private void deliverEnd(ListenerDispatcher to) {
        // an interrupt was meant for the handler
        Thread.interrupted();
        if (state.failed() == null) {
            to.completed(reader.headerIfCame());
        } else {
            to.failed(state.exception());
        }
    }
}
