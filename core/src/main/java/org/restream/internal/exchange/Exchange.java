package org.restream.internal.exchange;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.Action;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Refusal;
import org.restream.TryAgainException;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.OwnThread;
import org.restream.internal.concurrent.Timer;
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
    /** How long the peer's last word is waited for, once it has stopped reading. */
    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    private final ExchangeConfig config;
    private final Monitor monitor = new Monitor();
    private final Progress progress = new Progress();
    private final ExchangeState state;
    private final OutgoingMessage message;
    private final OutgoingStream out;
    private final HeaderDeadline deadline;
    private final MessageReader reader;
    private final RestReader rest;
    private final IncomingStream in;
    private final OwnThread handlerThread = new OwnThread();

    private @Nullable ListenerDispatcher dispatcher;
    private @Nullable DropLimit dropLimit;
    private volatile boolean handlerReturned;
    private volatile boolean listenersDue;
    /** The second thread has the header, and waits for the body in the handler's place. */
    private volatile boolean watchesBody;

    private volatile Timer.Task listenersTimer = Timer.Task.NONE;
    private volatile boolean concluded;
    private volatile boolean over;
    private volatile @Nullable Refusal refusal;

    /**
     * Makes one; it begins with {@link #run}.
     *
     * @param headerTimeout how long the peer's header may take; zero: any time
     */
    public Exchange(Link link, ExchangePeer peer, ExchangeConfig config, Duration headerTimeout) {
        this.config = config;
        state = new ExchangeState(link, monitor, progress);
        message = new OutgoingMessage(link, state, progress, monitor);
        out = new OutgoingStream(message, state, progress);
        deadline = new HeaderDeadline(headerTimeout, config.timer(), state, progress);
        reader = new MessageReader(link, state, progress, deadline, out, config);
        rest = new RestReader(this::readRest, config, state, monitor);
        in = new IncomingStream(reader, state, progress, new Listeners(), peer);
    }

    public Incoming incoming() {
        return in;
    }

    public Outgoing outgoing() {
        return out;
    }

    /** Runs it to its end, one way or the other. */
    public Outcome run(Action handler) {
        handlerThread.attach();
        if (config.interrupts()) {
            rest.scheduleSecondThread();
        }
        try {
            if (state.isOpen()) {
                call(handler);
            }
            returned();
            // another thread may read what is kept open
            if (out.endsByCall() && !progress.listening) {
                monitor.await(out::isOver);
            }
            rest.readOrAwait();
            monitor.await(out::isOver);
        } catch (InterruptedException e) {
            state.fail(Reason.HANDLER, new IOException("the thread was interrupted"));
        } catch (Throwable e) {
            state.fail(Reason.HANDLER, e);
        } finally {
            deadline.cancel();
            listenersTimer.cancel();
            rest.stop();
        }
        try {
            return conclude();
        } finally {
            handlerThread.detach();
        }
    }

    /** Ends it from outside, at any moment: the connection is reset, its threads are interrupted. Too late where it is whole. */
    public void cancel(String why) {
        if (!progress.isWhole()) {
            state.fail(Reason.CLOSED, new IOException(why));
        }
        interrupt();
    }

    /** So much of the time for the peer's header is gone before the exchange begins. */
    public void headerTimeSpent(Duration time) {
        deadline.spent(time);
    }

    /** Its owner has found why it can't complete. */
    public void fail(Reason reason, Throwable cause) {
        state.fail(reason, cause);
    }

    /** Its owner has found that the connection is of no use any more. */
    public void lost(IOException cause) {
        if (state.fail(Reason.LIMIT, cause) && config.interrupts()) {
            interrupt();
        }
    }

    private void interrupt() {
        handlerThread.interrupt();
        rest.interruptSecond();
    }

    /** Whether the calling thread is one of those that run its handler and its listeners. */
    public boolean isRunByCaller() {
        return handlerThread.isCaller() || rest.isSecond();
    }

    private void call(Action handler) {
        try {
            handler.run();
        } catch (Throwable e) {
            threw(e);
        } finally {
            // a flag that the handler has left says nothing of the connection
            Thread.interrupted();
        }
    }

    /** The user's code threw. What that means, those say who know what had happened before. */
    private void threw(Throwable thrown) {
        if (over || state.isCompleted()) {
            config.unheard().accept(thrown);
        } else if (hasRefused(thrown)) {
            // the peer has been told: what another thread of the user's meets then is the consequence
            return;
        } else if (thrown instanceof TryAgainException && config.side() == Side.CLIENT) {
            // asked for, whatever had happened before: no consequence of that
            state.fail(Reason.TRY_AGAIN, thrown);
        } else if (message.isRefused()) {
            threwAfterRefusal(thrown);
        } else if (thrown instanceof Refusal no && config.side() == Side.SERVER) {
            refuse(no);
        } else {
            state.fail(Reason.HANDLER, thrown);
        }
    }

    /** The peer reads no more, so that a write failed: what is thrown then is the consequence. Why it does may still be read. */
    private void threwAfterRefusal(Throwable thrown) {
        if (progress.listening && !handlerReturned && message.isRefusalOfThis(thrown)) {
            // who listens for the answer hears the rest of it
            return;
        }
        if (config.side() == Side.CLIENT) {
            hearLastWord();
        }
        state.fail(Reason.STOPPED_READING, message.refusal());
        state.fail(Reason.HANDLER, thrown);
    }

    private void hearLastWord() {
        Timer.Task limit = config.timer().after(LAST_WORD, () -> state.fail(Reason.STOPPED_READING, message.refusal()));
        try {
            reader.header();
        } catch (IOException e) {
            // recorded by the reader
            assert !state.isOpen();
        } finally {
            limit.cancel();
        }
    }

    private boolean hasRefused(Throwable thrown) {
        Refusal said = refusal;
        if (said != null && said != thrown) {
            said.addSuppressed(thrown);
        }
        return said != null;
    }

    private void refuse(Refusal no) {
        try {
            // first: the end of our message is what other threads stumble over
            refusal = no;
            if (config.refusals() && out.refuse(no)) {
                in.close();
                ListenerDispatcher made = dispatcherIfMade();
                if (made != null) {
                    made.mute();
                }
                return;
            }
        } catch (IOException e) {
            // the connection is lost, which is recorded
            assert out.isOver();
        }
        refusal = null;
        state.fail(Reason.REFUSAL, no);
    }

    private void returned() {
        handlerReturned = true;
        monitor.signal();
        if (!isContinuedByHeaderListener()) {
            sendRest();
        } else {
            rest.scheduleSecondThread();
        }
    }

    /** A server that has only a header listener answers there, as a rule: that counts as a part of its handler. */
    private boolean isContinuedByHeaderListener() {
        ListenerDispatcher made = dispatcherIfMade();
        return config.side() == Side.SERVER
                && made != null
                && made.isHeaderAwaited()
                && !progress.listening
                && !out.isOver();
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
        if (!handlerReturned && !listenersDue && config.interrupts()) {
            watch();
        }
        ListenerDispatcher made = dispatcherIfMade();
        if (made != null) {
            made.run(reader);
        } else {
            dropAll();
        }
        if (config.interrupts() && !handlerReturned && state.failed() != null) {
            handlerThread.interrupt();
        }
    }

    /** On the second thread, for a handler that may wait for something else: it wants to hear of a loss. */
    private void watch() throws InterruptedException {
        try {
            reader.awaitHeader();
            watchesBody = true;
            if (dispatcherIfMade() == null) {
                reader.awaitBody();
            }
        } catch (IOException e) {
            // the reader has recorded it, if it was the connection
            state.fail(Reason.HANDLER, e);
        }
        monitor.await(() -> (handlerReturned && (!out.keptOpen() || out.isOver())) || listenersDue || !state.isOpen());
    }

    /** Reads on after our message has ended: a close with unread bytes would make the kernel take the end of it back. */
    private void dropAll() {
        try {
            for (long before = progress.received(); reader.drop(); before = progress.received()) {
                dropped(progress.received() - before);
            }
        } catch (IOException e) {
            // the reader has recorded it, if it was the connection
            state.fail(Reason.HANDLER, e);
        }
    }

    /** Until our message has ended, its sender may need the time; from then on there is a limit. */
    private void dropped(long bytes) {
        if (!out.isOver()) {
            return;
        }
        DropLimit limit = dropLimit;
        if (limit == null) {
            limit = new DropLimit();
            dropLimit = limit;
        }
        if (!limit.allows(bytes, config.timer().nanoTime())) {
            state.fail(Reason.LIMIT, new IOException("the peer goes on sending what nobody reads: " + limit.text()));
        }
    }

    private Outcome conclude() {
        boolean answeredEarly = config.side() == Side.CLIENT && progress.headerCame && progress.peerEnded;
        if (message.isRefused() && !answeredEarly) {
            state.fail(Reason.STOPPED_READING, message.refusal());
        }
        if (state.isOpen() && (!progress.peerEnded || !out.isOver())) {
            state.fail(Reason.HANDLER, new IllegalStateException("the exchange was left before its end"));
        }
        if (!state.complete()) {
            rest.awaitEnd();
        }
        ListenerDispatcher made;
        synchronized (this) {
            concluded = true;
            made = dispatcher;
        }
        if (made != null) {
            tellEnd(made);
        }
        over = true;
        ExchangeState.Failed failed = state.failed();
        return new Outcome(
                failed == null ? null : failed.reason(),
                failed == null ? null : failed.cause(),
                refusal,
                progress.headerCame,
                progress.received(),
                progress.sent());
    }

    private void tellEnd(ListenerDispatcher to) {
        // an interrupt was meant for the handler
        Thread.interrupted();
        if (state.failed() == null) {
            to.completed(reader.headerIfCame());
        } else {
            to.failed(state.exception());
        }
    }

    private synchronized @Nullable ListenerDispatcher dispatcherIfMade() {
        return dispatcher;
    }

    /** Most exchanges need none: most connections that wait do so in a handler that reads. */
    private final class Listeners implements IncomingStream.Listeners, ListenerDispatcher.Calls {
        @Override
        public ListenerDispatcher get() {
            ListenerDispatcher made;
            synchronized (Exchange.this) {
                if (dispatcher != null) {
                    return dispatcher;
                }
                made = new ListenerDispatcher(state, monitor, this);
                dispatcher = made;
                if (!concluded) {
                    return made;
                }
            }
            tellEnd(made);
            return made;
        }

        @Override
        public void attached() {
            rest.scheduleSecondThread();
            if (watchesBody) {
                // it waits for the body, and the peer perhaps for what is said when the header has come
                get().headerCame(reader.headerIfCame());
            }
            // the one that watches is there already, and gives the handler the same time to attach all that it wants
            if (config.interrupts() && listenersTimer == Timer.Task.NONE) {
                listenersTimer = config.timer().after(ExchangeConfig.SECOND_THREAD_DELAY, this::due);
            }
        }

        private void due() {
            listenersDue = true;
            monitor.signal();
        }

        @Override
        public void returned() {
            out.flushOwn();
        }

        @Override
        public void threw(Throwable thrown) {
            Exchange.this.threw(thrown);
        }

        @Override
        public boolean mayDrop() {
            return handlerReturned && (!out.endsByCall() || progress.listening || out.isOver());
        }

        @Override
        public void headerDelivered() {
            if (handlerReturned && !progress.listening) {
                sendRest();
            }
        }

        @Override
        public void dropped(int bytes) {
            Exchange.this.dropped(bytes);
        }
    }
}
