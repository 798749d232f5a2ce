package org.restream.internal.session.carrier;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.internal.link.Link;
import org.restream.internal.link.Peer;
import org.restream.internal.session.Channel;
import org.restream.internal.session.Cut;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.session.wire.Hello;

/**
 * One exchange of a session as a link. A lost connection is not seen here: reads and writes wait until there is another one. What
 * ends an exchange is a cut, by either side, or the session's end.
 */
public final class SessionLink implements Link, Peer {
    private static final Runnable NOTHING = () -> {};

    private final SharedSession shared;
    private final long serial;
    private final Channel channel;
    private final LinkEnd end;
    private final LinkEndpoint endpoint;
    private final LinkReader reader;
    private final LinkOutput output;
    /** Is run before a thread waits. */
    private volatile Runnable onWait = NOTHING;
    /** Under the lock: where it is among those that live; -1 where it is not. */
    int place = -1;

    SessionLink(SharedSession shared, long serial, Channel channel) {
        this.shared = shared;
        this.serial = serial;
        this.channel = channel;
        end = new LinkEnd(channel, shared);
        endpoint = new LinkEndpoint(this, channel, end, shared);
        reader = new LinkReader(this, channel, end, endpoint);
        output = new LinkOutput(this, channel, end, endpoint);
        channel.attach(endpoint);
    }

    SharedSession shared() {
        return shared;
    }

    /** Is run once, by any thread and without a lock, when the peer or the session's end has cut it: with what reads throw then. */
    public void onCut(Consumer<IOException> run) {
        end.onCut(run);
    }

    /** Is run each time before a thread waits for the peer. */
    public void onWait(Runnable run) {
        onWait = run;
    }

    /**
     * Is run once, by any thread and without a lock, when both sides have said all, with null; or with a reason, when the session
     * is over before.
     */
    public void whenSettled(Consumer<@Nullable IOException> run) {
        shared.lock().run(() -> end.whenSettled(run));
    }

    @Override
    public @Nullable ByteBuffer poll() {
        return reader.poll();
    }

    @Override
    public boolean isAtEnd() {
        return reader.isAtEnd();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return reader.read(into);
    }

    /** Waits until something has changed, or the thread is interrupted, which cuts the exchange. */
    void await(Waiter waiter) throws IOException {
        onWait.run();
        waiter.await();
        if (Thread.currentThread().isInterrupted()) {
            shared.lock().run(() -> endpoint.stopWaiting(waiter));
            abort();
            throw new ClosedByInterruptException();
        }
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        output.put(from, false);
        // what comes next may take long
        shared.release();
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        int written = output.put(file, position, count);
        shared.release();
        return written;
    }

    @Override
    public void finish() throws IOException {
        output.put(ByteBuffer.allocate(0), true);
    }

    /** In one step, so that the end goes out with the last bytes. */
    @Override
    public void finish(ByteBuffer last) throws IOException {
        output.put(last, true);
    }

    /** Both directions have ended cleanly: the session sees to it that our end arrives. */
    @Override
    public void close() {}

    @Override
    public void abort() {
        abort(shared.isClient() ? CutCode.CANCELLED : CutCode.FAILED, "");
    }

    /** Ends both directions, and tells the peer why. Does nothing after the first end. */
    public void abort(int code, String text) {
        shared.lock().run(() -> cut(code, text));
    }

    /** Under the lock. */
    void cut(int code, String text) {
        if (end.abort(new Cut(false, code, text))) {
            endpoint.in().clear();
            channel.abort(code, text);
            endpoint.changed();
        }
    }

    @Override
    public void abortForHeader(String why) {
        shared.lock().run(() -> {
            cut(CutCode.HEADER, why);
            shared.core().cost().spentOnHeader();
        });
    }

    LinkEndpoint endpoint() {
        return endpoint;
    }

    /** Under the lock: what becomes of it if the session ends now. */
    Hello.Left left() {
        return new Hello.Left(channel.number(), channel.hasHandlerReturned() ? "finished" : "running");
    }

    /** A server has called no handler, and calls none: the client knows then that the exchange was never started. */
    public void refuse(String why) {
        abort(CutCode.REFUSED, why);
        handlerReturned();
    }

    /** A server's handler has returned. */
    public void handlerReturned() {
        shared.lock().run(() -> channel.handlerReturned());
    }

    /** The same, with {@link #whenSettled}. */
    public void handlerReturned(Consumer<@Nullable IOException> settled) {
        shared.lock().run(() -> {
            end.whenSettled(settled);
            channel.handlerReturned();
        });
    }

    /** The session is over; under its lock. */
    void sessionEnded(IOException cause) {
        end.sessionEnded(cause);
        endpoint.changed();
    }

    /** A client: the server is told how much time there is. Before anything is written. */
    public void deadline(Duration left) {
        shared.lock().run(() -> endpoint.deadline(shared.timer().nanoTime() + left.toNanos()));
    }

    /** Whether the whole message of the peer is here. */
    public boolean hasPeerEnded() {
        return shared.lock().asked(() -> channel.hasPeerEnded());
    }

    /** Whether anything of it has been handed to a connection. */
    public boolean isStarted() {
        return shared.lock().asked(() -> channel.isStarted());
    }

    /** What the session's end has made of it; null where it did not fail by that. */
    public @Nullable IOException failure() {
        return shared.lock().asked(end::failure);
    }

    /** Who has cut it, and why; null where nobody has. */
    public @Nullable Cut cut() {
        return shared.lock().asked(end::cut);
    }

    /** Counts the exchanges of this side. */
    public long serial() {
        return serial;
    }

    @Override
    public InetSocketAddress peer() {
        return shared.newest().peer();
    }

    @Override
    public Optional<X509Certificate> peerCertificate() {
        return shared.newest().peerCertificate();
    }
}
