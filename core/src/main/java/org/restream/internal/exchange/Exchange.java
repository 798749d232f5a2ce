package org.restream.internal.exchange;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
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
    /** Most exchanges are over by then, and it is less than TCP's keepalive waits before it does anything. */
    private static final Duration KEEP_ALIVE_AFTER = Duration.ofSeconds(5);

    private final Link link;
    private final Terms terms;
    private final Monitor monitor = new Monitor();
    private final Failure failure;
    private final MessageReader reader;
    private final Reading reading;
    private final IncomingStream in;
    private final OutgoingStream out;
    private final @Nullable IdleWatch idleWatch;
    private final DropLimit dropLimit = new DropLimit();

    private volatile Timer.Task headerTimer = Timer.Task.NONE;
    private long openingNanos;
    private @Nullable Delivery delivery;
    private volatile @Nullable Thread first;

    public Exchange(Link link, Terms terms) {
        this.terms = terms;
        failure = new Failure(this::progress, this::cut);
        this.link = link;
        if (terms.idleTimeout().isZero()) {
            idleWatch = null;
        } else {
            idleWatch = new IdleWatch(terms.idleTimeout(), terms.timer(), this::idle);
            link.onMove(idleWatch::moved);
        }
        out = new OutgoingStream(link, failure, monitor, this::peerEnded, this::isAwaited);
        reader = new MessageReader(link, failure, terms.maxHeaderBytes(), terms.emptyAllowed(), this::beforeRead);
        reading = new Reading(this::readRest, terms, failure, monitor);
        in = new IncomingStream(reader, this::delivery, reading::soon, link::peerCertificate);
    }

    public Incoming incoming() {
        return in;
    }

    public Outgoing outgoing() {
        return out;
    }

    /** Made when it is needed: most connections that wait do so in a handler that reads. */
    private synchronized Delivery delivery() {
        Delivery made = delivery;
        if (made == null) {
            made = new Delivery(failure, monitor, this::flushOwn, this::dropped);
            delivery = made;
        }
        return made;
    }

    /** Runs it to its end, one way or the other. */
    public Outcome run(Action handler) {
        first = Thread.currentThread();
        Timer.Task keepAlive = Timer.Task.NONE;
        try {
            keepAlive = terms.timer().after(KEEP_ALIVE_AFTER, link::keepAlive);
            if (idleWatch != null) {
                idleWatch.start();
            }
            if (!link.isOpen()) {
                open();
            }
            if (!failure.happened()) {
                call(handler);
            }
            delivery().handlerReturned();
            if (in.hasListeners()) {
                sendRest(true);
                reading.now();
                monitor.await(out::over);
            } else {
                sendRest(false);
                monitor.await(out::over);
                drop();
            }
        } catch (InterruptedException e) {
            failure.lost(new InterruptedIOException("the thread was interrupted"));
        } finally {
            keepAlive.cancel();
            headerTimer.cancel();
            reading.stop();
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

    /** Whether the calling thread is one of those that run its handler and its listeners. */
    public boolean isRunByCaller() {
        Thread caller = Thread.currentThread();
        return caller == first || caller == reading.second();
    }

    private synchronized void interruptThreads() {
        interrupt(first);
        interrupt(reading.second());
    }

    /** The thread goes on to what is not the exchange's: {@link #cancel} interrupts it no more. */
    private synchronized void letGo() {
        first = null;
    }

    /** The TLS handshake. What it takes of the peer's time for its header is gone. */
    private void open() {
        long began = terms.timer().nanoTime();
        Timer.Task limit = terms.headerTimeout().isZero()
                ? Timer.Task.NONE
                : terms.timer().after(terms.headerTimeout(), this::handshakeTooLate);
        try {
            link.open();
        } catch (IOException e) {
            failure.lost(e);
        } finally {
            limit.cancel();
        }
        openingNanos = terms.timer().nanoTime() - began;
    }

    private void handshakeTooLate() {
        failure.lost(new SSLHandshakeException(
                "no whole TLS handshake within " + Durations.text(terms.headerTimeout()) + " (headerTimeout)"));
    }

    private void call(Action handler) {
        try {
            handler.run();
        } catch (Throwable e) {
            // where listeners wait for the answer, a peer that took only part of the request is no reason to stop
            if (!(Failure.isRefusal(e) && in.hasListeners())) {
                failure.threw(e);
            }
        } finally {
            // a flag that the handler has left says nothing of the connection
            Thread.interrupted();
        }
    }

    private void sendRest(boolean listening) {
        if (!reader.ended() && (listening || !out.keptOpen())) {
            reading.soon();
        }
        try {
            out.handlerReturned(listening);
        } catch (IOException e) {
            failedToSend(e);
        }
    }

    private boolean isAwaited() {
        return !in.hasListeners() && reader.isWaitedByAnother();
    }

    private boolean peerEnded() {
        return reader.ended();
    }

    /** The peer's time for its header runs while we wait for it: not while a handler does not read what may be there. */
    private void beforeRead() throws IOException {
        if (reader.headerKnown()) {
            headerTimer.cancel();
            headerTimer = Timer.Task.NONE;
        } else if (headerTimer == Timer.Task.NONE && !terms.headerTimeout().isZero()) {
            headerTimer = terms.timer().after(terms.headerTimeout().minusNanos(openingNanos), this::headerTooLate);
        }
        flushOwn();
        if (!in.hasListeners()) {
            out.endClosed();
        }
    }

    /** Before a read waits, and after a listener. */
    private void flushOwn() {
        try {
            out.flushOwn();
        } catch (IOException e) {
            failedToSend(e);
        }
    }

    /** Where the connection has failed, or the peer only reads no more, the writer has recorded it: the rest is our own fault. */
    private void failedToSend(IOException e) {
        if (!out.over()) {
            failure.threw(e);
        }
    }

    private void readRest() throws InterruptedException {
        if (in.hasListeners()) {
            delivery().run(reader);
        } else {
            dropAll();
        }
    }

    /** Reads on after our message has ended: a close with unread bytes would make the kernel take the end of it back. */
    private void drop() throws InterruptedException {
        reading.now();
    }

    private void dropAll() {
        try {
            for (long before = reader.received(); reader.drop(); before = reader.received()) {
                dropped(reader.received() - before);
            }
        } catch (IOException e) {
            // the reader has noted it as the exchange's failure
        }
    }

    /** Until our message has ended, its sender may need the time; from then on there is a limit. */
    private void dropped(long bytes) {
        if (out.over() && !dropLimit.allows(bytes, terms.timer().nanoTime())) {
            failure.lost(new IOException("the peer goes on sending what nobody reads: " + dropLimit.text()));
        }
    }

    private Outcome outcome() {
        ConnectionLostException refused = out.refused();
        if (refused != null && !reader.headerCame()) {
            failure.lost(refused);
        }
        if (!failure.happened()) {
            delivery().completed(reader.headerIfCame());
        }
        Failure.Reason reason = failure.reason();
        if (reason == null) {
            link.close();
        } else {
            reading.awaitEnd();
            delivery().failed(failure.exception());
        }
        return new Outcome(
                reason == null ? Kind.COMPLETED : reason.kind(),
                reason == null ? null : reason.cause(),
                reader.headerCame() || (reader.ended() && reason == null),
                reader.headerCame(),
                reader.isEmpty(),
                reader.received(),
                out.sent());
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
