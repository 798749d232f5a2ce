package org.restream.internal.exchange;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.restream.Action;
import org.restream.ConnectionLostException;
import org.restream.Incoming;
import org.restream.MalformedHeaderException;
import org.restream.Outgoing;
import org.restream.internal.concurrent.Durations;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.exchange.Outcome.Kind;
import org.restream.internal.link.Link;

/**
 * One exchange over a link: runs the handler, then reads and writes what is left, until both messages have ended.
 *
 * <p>One thread does it all, the one that calls {@link #run}. A second one is started where the first may be held up for long
 * while there is something to read: in a handler that goes on after it has attached a listener, or in sending the rest.
 */
public final class Exchange {
    /** The time that a handler has to return before a second thread reads for its listeners. */
    private static final Duration SECOND_THREAD_DELAY = Duration.ofMillis(10);
    /** The most that is read and dropped of what nobody reads. */
    private static final long LINGER_BYTES = 1L << 30;

    private final Link link;
    private final Terms terms;
    private final Monitor monitor = new Monitor();
    private final Failure failure;
    private final MessageReader reader;
    private final Delivery delivery;
    private final IncomingStream in;
    private final OutgoingStream out;
    private final @Nullable IdleWatch idleWatch;

    private final AtomicBoolean readingClaimed = new AtomicBoolean();
    private volatile boolean readingDone;
    private volatile Timer.Task secondThreadTimer = Timer.Task.NONE;
    private volatile Timer.Task headerTimer = Timer.Task.NONE;
    private volatile @Nullable Thread first;
    private volatile @Nullable Thread second;

    public Exchange(Link link, Terms terms) {
        this.terms = terms;
        failure = new Failure(this::progress, this::cut);
        if (terms.idleTimeout().isZero()) {
            this.idleWatch = null;
            this.link = link;
        } else {
            this.idleWatch = new IdleWatch(link, terms.idleTimeout(), terms.timer(), this::idle);
            this.link = idleWatch;
        }
        out = new OutgoingStream(this.link, failure, monitor, this::peerEnded);
        reader = new MessageReader(this.link, failure, terms.maxHeaderBytes(), this::beforeRead);
        delivery = new Delivery(failure, monitor, this::flushOwn);
        in = new IncomingStream(reader, delivery, this::readSoon);
    }

    public Incoming incoming() {
        return in;
    }

    public Outgoing outgoing() {
        return out;
    }

    /** Runs it to its end, one way or the other. */
    public Outcome run(Action handler) {
        first = Thread.currentThread();
        if (idleWatch != null) {
            idleWatch.start();
        }
        try {
            if (!failure.happened()) {
                call(handler);
            }
            delivery.handlerReturned();
            if (in.hasListeners()) {
                sendRest(true);
                readAll();
                monitor.await(out::over);
            } else {
                sendRest(false);
                monitor.await(out::over);
                drop();
            }
        } catch (InterruptedException e) {
            failure.lost(new InterruptedIOException("the thread was interrupted"));
        } finally {
            headerTimer.cancel();
            secondThreadTimer.cancel();
            if (idleWatch != null) {
                idleWatch.stop();
            }
        }
        Outcome outcome = outcome();
        letGo();
        return outcome;
    }

    /** Ends it from outside, at any moment: the connection is reset, its threads are interrupted. */
    public void cancel(String why) {
        failure.lost(new IOException(why));
        interruptThreads();
    }

    private synchronized void interruptThreads() {
        interrupt(first);
        interrupt(second);
    }

    /** The thread goes on to what is not the exchange's: {@link #cancel} interrupts it no more. */
    private synchronized void letGo() {
        first = null;
    }

    private void call(Action handler) {
        try {
            handler.run();
        } catch (Throwable e) {
            // where listeners wait for the answer, a peer that took only part of the request is no reason to stop
            if (!(Failure.isRefusal(e) && in.hasListeners())) {
                failure.threw(e);
            }
        }
    }

    private void sendRest(boolean listening) {
        if (!reader.ended() && (listening || !out.keptOpen())) {
            readSoon();
        }
        try {
            out.handlerReturned(listening);
        } catch (IOException e) {
            // noted: it is the exchange's failure, or the peer reads no more and the answer is yet to be read
        }
    }

    private boolean peerEnded() {
        return reader.ended();
    }

    /** The peer's time for its header runs while we wait for it: not while a handler does not read what may be there. */
    private void beforeRead() {
        if (headerTimer == Timer.Task.NONE && !terms.headerTimeout().isZero() && !reader.headerKnown()) {
            headerTimer = terms.timer().after(terms.headerTimeout(), this::headerTooLate);
        }
        flushOwn();
    }

    /** Before a read waits, and after a listener. */
    private void flushOwn() {
        try {
            out.flushOwn();
        } catch (IOException e) {
            // noted; and where the peer only reads no more, there still is its answer to read
        }
    }

    /** Has a second thread read, if this one does not come to it soon. */
    private void readSoon() {
        if (secondThreadTimer == Timer.Task.NONE) {
            secondThreadTimer = terms.timer().after(SECOND_THREAD_DELAY, this::startSecond);
        }
    }

    private void startSecond() {
        if (!readingClaimed.compareAndSet(false, true)) {
            return;
        }
        try {
            Thread thread = terms.threads().apply(this::readClaimed);
            second = thread;
            thread.start();
        } catch (Throwable e) {
            // no thread could be made
            failure.threw(e);
            readingDone();
        }
    }

    /** Reads what comes and delivers or drops it; or waits until the second thread has. */
    private void readAll() throws InterruptedException {
        secondThreadTimer.cancel();
        if (readingClaimed.compareAndSet(false, true)) {
            readClaimed();
        } else {
            monitor.await(() -> readingDone);
        }
    }

    private void readClaimed() {
        try {
            if (in.hasListeners()) {
                delivery.run(reader);
            } else {
                dropAll();
            }
        } catch (InterruptedException e) {
            failure.lost(new InterruptedIOException("the thread was interrupted"));
        } catch (Throwable e) {
            failure.threw(e);
        } finally {
            readingDone();
        }
    }

    private void readingDone() {
        readingDone = true;
        monitor.signal();
    }

    /** Reads on after our message has ended: a close with unread bytes would make the kernel take the end of it back. */
    private void drop() throws InterruptedException {
        Timer.Task limit = Timer.Task.NONE;
        if (!terms.lingerTimeout().isZero() && !reader.ended()) {
            limit = terms.timer().after(terms.lingerTimeout(), this::lingeredTooLong);
        }
        readAll();
        limit.cancel();
    }

    private void dropAll() {
        long most = reader.received() + LINGER_BYTES;
        try {
            while (reader.drop()) {
                if (reader.received() > most) {
                    failure.lost(
                            new IOException("the peer sent more than " + LINGER_BYTES + " bytes that nobody read"));
                }
            }
        } catch (IOException e) {
            // the reader has noted it as the exchange's failure
        }
    }

    private Outcome outcome() {
        ConnectionLostException refused = out.refused();
        if (refused != null && !reader.headerCame()) {
            failure.lost(refused);
        }
        if (!failure.happened()) {
            delivery.completed(reader.headerIfCame());
        }
        Failure.Reason reason = failure.reason();
        if (reason == null) {
            link.close();
        } else {
            awaitSecond();
            delivery.failed(failure.exception());
        }
        return new Outcome(
                reason == null ? Kind.COMPLETED : reason.kind(),
                reason == null ? null : reason.cause(),
                reader.headerCame() || (reader.ended() && reason == null),
                reader.headerCame(),
                reader.received(),
                out.sent());
    }

    /**
     * A listener on the second thread may be running still (it has been interrupted, if this exchange was cancelled); and
     * from now on there shall be none.
     */
    private void awaitSecond() {
        if (!readingClaimed.compareAndSet(false, true)) {
            monitor.awaitUninterruptibly(() -> readingDone);
        }
    }

    private static void interrupt(@Nullable Thread thread) {
        if (thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }

    private void headerTooLate() {
        if (!reader.headerKnown()) {
            failure.lost(new MalformedHeaderException("no whole header within " + Durations.text(terms.headerTimeout())
                    + ", only " + reader.headerBytesPending() + " bytes of one"));
        }
    }

    private void idle() {
        failure.lost(new IOException(
                "no byte moved in either direction for " + Durations.text(terms.idleTimeout()) + " (idleTimeout)"));
    }

    private void lingeredTooLong() {
        failure.lost(new IOException("the peer went on sending what nobody reads for "
                + Durations.text(terms.lingerTimeout()) + " after the answer had ended"));
    }

    private String progress() {
        return (reader.headerKnown()
                        ? "after the header, " + reader.received() + " body bytes received"
                        : "before the header")
                + ", " + out.sent() + " body bytes sent";
    }

    private void cut() {
        link.abort();
        monitor.signal();
    }
}
