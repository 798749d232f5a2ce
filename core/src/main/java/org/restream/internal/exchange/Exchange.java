package org.restream.internal.exchange;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.Action;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.OwnThread;
import org.restream.internal.exchange.ExchangeConfig.Side;
import org.restream.internal.link.Link;

/**
 * One exchange over a link: runs the handler, then reads and writes what is left, until both messages have ended.
 *
 * <p>One thread does it all, the one that calls {@link #run}. A second one is started where the first may be held up for long
 * while there is something to read: in a handler that goes on after it has attached a listener, or in sending the rest. What
 * becomes of it is decided in {@link ExchangeState} alone.
 */
public final class Exchange {
    private final ExchangeConfig config;
    private final Monitor monitor = new Monitor();
    private final Progress progress = new Progress();
    private final ExchangeState state;
    private final OutgoingMessage message;
    private final OutgoingStream out;
    private final HeaderDeadline deadline;
    private final MessageReader reader;
    private final RestReader rest;
    private final Listeners listeners;
    private final IncomingStream in;
    private final UserExceptions thrown;
    private final OwnThread handlerThread = new OwnThread();
    /** Where a handler is to hear of a loss; else null. */
    private final @Nullable PeerWatch watch;

    /**
     * It begins with {@link #run}.
     *
     * @param headerTimeout how long the peer's header may take; zero: any time
     */
    public Exchange(Link link, ExchangePeer peer, ExchangeConfig config, Duration headerTimeout) {
        this.config = config;
        state = new ExchangeState(link, monitor, progress, handlerThread::heard);
        message = new OutgoingMessage(link, state, progress, monitor);
        out = new OutgoingStream(message, state, progress);
        deadline = new HeaderDeadline(headerTimeout, config.timer(), state, progress);
        reader = new MessageReader(link, state, progress, deadline, out, monitor, config);
        rest = new RestReader(this::readRest, config, state, progress, monitor);
        listeners = new Listeners(this::dispatcher);
        in = new IncomingStream(reader, state, progress, listeners, this::listenerAttached, peer);
        thrown = new UserExceptions(config, state, progress, message, out, reader, in, listeners);
        watch = config.interrupts()
                ? new PeerWatch(reader, out, state, progress, listeners, monitor, config.timer())
                : null;
    }

    public Incoming incoming() {
        return in;
    }

    public Outgoing outgoing() {
        return out;
    }

    /** Body bytes until now. */
    public long bytesSent() {
        return progress.sent();
    }

    /** Body bytes until now. */
    public long bytesReceived() {
        return progress.received();
    }

    /** Runs it to its end, one way or the other. */
    public Outcome run(Action handler) {
        handlerThread.attach();
        if (watch != null) {
            rest.scheduleSecondThread();
        }
        try {
            if (state.isOpen()) {
                thrown.guard(handler);
            }
            returned();
            // another thread may read what is kept open
            if (out.endsByCall() && !progress.listening) {
                monitor.await(out::isOver);
            }
            rest.readOrAwait();
            monitor.await(out::isOver);
        } catch (InterruptedException e) {
            waitWasInterrupted();
        } catch (Throwable e) {
            state.fail(Reason.HANDLER, e);
        } finally {
            deadline.cancel();
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

    /** Where all has ended it was meant for a listener on the second thread, which has been interrupted too. */
    private void waitWasInterrupted() {
        if (progress.isWhole()) {
            rest.awaitEnd();
        } else {
            state.fail(Reason.HANDLER, new IOException("the thread was interrupted"));
        }
    }

    /** Ends it from outside, at any moment: the connection is reset, its threads are interrupted. Too late where it is whole. */
    public void cancel(String why) {
        if (!progress.isWhole()) {
            state.fail(Reason.CLOSED, new IOException(why));
        }
        handlerThread.interrupt();
        rest.interruptSecond();
    }

    /** So much of the time for the peer's header is gone before the exchange begins. */
    public void headerTimeSpent(Duration time) {
        deadline.spent(time);
    }

    /** Its owner has found why it can't complete. */
    public void fail(Reason reason, Throwable cause) {
        state.fail(reason, cause);
    }

    /** Its owner has found that the connection is of no use any more. Too late where it is whole: nothing is to move then. */
    public void lost(IOException cause) {
        if (!progress.isWhole() && state.fail(Reason.LIMIT, cause) && config.interrupts()) {
            handlerThread.interruptForLoss();
            rest.interruptSecond();
        }
    }

    /** Whether the calling thread is one of those that run its handler and its listeners. */
    public boolean isRunByCaller() {
        return handlerThread.isCaller() || rest.isSecond();
    }

    private void returned() {
        progress.handlerReturned = true;
        monitor.signal();
        if (!isContinuedByHeaderListener()) {
            sendRest();
        } else {
            rest.scheduleSecondThread();
        }
    }

    /** A server that has only a header listener answers there, as a rule: that counts as a part of its handler. */
    private boolean isContinuedByHeaderListener() {
        ListenerDispatcher made = listeners.ifMade();
        boolean awaited = made != null && made.isHeaderAwaited();
        return config.side() == Side.SERVER && awaited && !progress.listening && !out.isOver();
    }

    private void sendRest() {
        if (!progress.peerEnded && (progress.listening || !out.endsByCall())) {
            rest.scheduleSecondThread();
        }
        try {
            out.handlerReturned();
        } catch (IOException e) {
            // where the connection has failed, or the peer reads no more, that is recorded: the rest is the handler's
            // fault
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
        return new ListenerDispatcher(
                state, monitor, new ListenerCalls(out, progress, thrown, drain(), this::sendRest));
    }

    private Drain drain() {
        return new Drain(reader, out, state, progress, config.timer());
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
            state.fail(Reason.HANDLER, new IllegalStateException("the exchange was left before its end"));
        }
        if (!state.complete()) {
            rest.awaitEnd();
        }
        listeners.ended(this::deliverEnd);
        thrown.outcomeKnown();
        ExchangeState.Failed failed = state.failed();
        return new Outcome(
                failed == null ? null : failed.reason(),
                failed == null ? null : failed.cause(),
                thrown.refusal(),
                progress.headerCame,
                progress.received(),
                progress.sent());
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
