package org.restream.internal.session.carrier;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.internal.link.Link;
import org.restream.internal.link.Peer;
import org.restream.internal.session.Channel;
import org.restream.internal.session.Cut;
import org.restream.internal.session.Endpoint;
import org.restream.internal.session.wire.CutCode;

/**
 * One exchange of a session as a link. A lost connection is not seen here: reads and writes wait until there is another one. What
 * ends an exchange is a cut, by either side, or the session's end.
 */
public final class SessionLink implements Link, Endpoint, Peer {
    /** The most that one call takes under the session's lock. */
    private static final int MAX_BYTES = 64 * 1024;

    private final SharedSession shared;
    private final long serial;
    private final SendBuffer out = new SendBuffer();
    private final ReceiveBuffer in = new ReceiveBuffer();
    private @Nullable Channel channel;
    private @Nullable LinkEnd end;
    private @Nullable Thread reader;
    private @Nullable Thread writer;
    private long deadlineNanos;

    SessionLink(SharedSession shared, long serial) {
        this.shared = shared;
        this.serial = serial;
    }

    void attach(Channel to) {
        channel = to;
        end = new LinkEnd(to, shared);
    }

    private LinkEnd end() {
        LinkEnd known = end;
        if (known == null) {
            throw new IllegalStateException("the link has no channel yet");
        }
        return known;
    }

    private Channel channel() {
        Channel known = channel;
        if (known == null) {
            throw new IllegalStateException("the link has no channel yet");
        }
        return known;
    }

    /** Is run once, by any thread and without a lock, when the peer or the session's end has cut the exchange. */
    public void onCut(Runnable run) {
        locked(() -> end().onCut(run));
    }

    /**
     * Is run once, by any thread and without a lock, when both sides have said all, with null; or with a reason, when the session
     * is over before.
     */
    public void whenSettled(Consumer<@Nullable IOException> run) {
        locked(() -> end().whenSettled(run));
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the thread was interrupted before it waited for the peer");
        }
        while (true) {
            shared.lock();
            try {
                int count = in.take(into);
                if (count > 0 || !into.hasRemaining()) {
                    channel().consumed(count);
                    return count;
                }
                end().checkReadable();
                if (channel().hasPeerEnded()) {
                    return -1;
                }
                channel().open();
                reader = Thread.currentThread();
            } finally {
                shared.unlock();
            }
            await();
        }
    }

    private void await() throws IOException {
        LockSupport.park(this);
        if (Thread.currentThread().isInterrupted()) {
            abort();
            throw new ClosedByInterruptException();
        }
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        // a flag that the caller's thread already has means something of its own
        boolean interrupted = Thread.interrupted();
        try {
            while (!tryWrite(from)) {
                await();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean tryWrite(ByteBuffer from) throws IOException {
        boolean wrote = false;
        shared.lock();
        try {
            end().checkWritable();
            long room = Math.min(channel().room(), MAX_BYTES);
            if (room > 0) {
                int count = (int) Math.min(room, from.remaining());
                out.append(from, count);
                channel().written(count);
                wrote = true;
            } else {
                writer = Thread.currentThread();
            }
        } finally {
            shared.unlock();
        }
        return wrote;
    }

    @Override
    public void finish() throws IOException {
        shared.lock();
        try {
            end().checkWritable();
            channel().end();
        } finally {
            shared.unlock();
        }
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
        locked(() -> {
            if (end().abort()) {
                in.clear();
                channel().abort(code, text);
                changed();
            }
        });
    }

    /** A server's handler has returned. */
    public void handlerReturned() {
        locked(() -> channel().handlerReturned());
    }

    /** The session is over; under its lock. */
    void sessionEnded(IOException cause) {
        end().sessionEnded(cause);
        changed();
    }

    /** A client: the server is told how much time there is. Before anything is written. */
    public void deadline(Duration left) {
        locked(() -> {
            deadlineNanos = shared.nanoTime() + left.toNanos();
            channel().timed();
        });
    }

    /** The time left, for the first frame; at least 1. */
    int millisLeft() {
        long left = (deadlineNanos - shared.nanoTime()) / 1_000_000;
        return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
    }

    void copy(long offset, int length, ByteBuffer to) {
        out.copy(offset, length, to);
    }

    int crc() {
        return out.crc();
    }

    @Override
    public void receive(ByteBuffer bytes) {
        in.append(bytes);
    }

    @Override
    public boolean matches(int crc) {
        return in.crc() == crc;
    }

    @Override
    public void release(long offset) {
        out.release(offset);
    }

    @Override
    public void changed() {
        if (reader != null) {
            shared.wake(reader);
            reader = null;
        }
        if (writer != null) {
            shared.wake(writer);
            writer = null;
        }
        end().tellCut();
    }

    @Override
    public void settled() {
        shared.forget(this);
        end().settled();
    }

    /** Whether the whole message of the peer is here. */
    public boolean hasPeerEnded() {
        return shared.asked(() -> channel().hasPeerEnded());
    }

    /** Whether anything of it has been handed to a connection. */
    public boolean isStarted() {
        return shared.asked(() -> channel().isStarted());
    }

    /** What the session's end has made of it; null where it did not fail by that. */
    public @Nullable IOException failure() {
        return shared.asked(end()::failure);
    }

    /** Who has cut it, and why; null where nobody has. */
    public @Nullable Cut cut() {
        return shared.asked(() -> {
            Cut cut = channel().peerCut();
            return cut == null ? channel().ownCut() : cut;
        });
    }

    private void locked(Runnable change) {
        shared.lock();
        try {
            change.run();
        } finally {
            shared.unlock();
        }
    }

    /** Counts the exchanges of this side. */
    public long serial() {
        return serial;
    }

    @Override
    public InetSocketAddress peer() {
        return shared.peer();
    }

    @Override
    public Optional<X509Certificate> peerCertificate() {
        return shared.peerCertificate();
    }
}
