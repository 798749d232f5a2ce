package org.restream.internal.session.carrier;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.restream.internal.link.Link;
import org.restream.internal.link.StoppedReadingException;
import org.restream.internal.session.Channel;
import org.restream.internal.session.Cut;
import org.restream.internal.session.Endpoint;
import org.restream.internal.session.wire.CutCode;

/**
 * One exchange of a session as a link. A lost connection is not seen here: reads and writes wait until there is another one. What
 * ends an exchange is a cut, by either side, or the session's end.
 */
public final class SessionLink implements Link, Endpoint {
    /** The most that one call takes under the session's lock. */
    private static final int MAX_BYTES = 64 * 1024;

    private final SharedSession shared;
    private final SendBuffer out = new SendBuffer();
    private final ReceiveBuffer in = new ReceiveBuffer();
    private @Nullable Channel channel;
    private @Nullable Thread reader;
    private @Nullable Thread writer;
    private @Nullable IOException failure;
    private boolean aborted;
    private boolean settled;
    private volatile @Nullable Runnable onCut;
    private long deadlineNanos;

    SessionLink(SharedSession shared) {
        this.shared = shared;
    }

    void attach(Channel to) {
        channel = to;
    }

    private Channel channel() {
        Channel known = channel;
        if (known == null) {
            throw new IllegalStateException("the link has no channel yet");
        }
        return known;
    }

    /** Is run, by any thread and without a lock, when the peer or the session's end has cut the exchange. */
    public void onCut(Runnable run) {
        onCut = run;
        shared.lock();
        boolean late = cause() != null;
        shared.unlock();
        if (late) {
            run.run();
        }
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
                checkReadable();
                if (channel().hasPeerEnded()) {
                    return -1;
                }
                channel().open();
                reader = Thread.currentThread();
            } finally {
                shared.unlockBeforeWait();
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
            checkWritable();
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
            shared.unlock(wrote);
        }
        return wrote;
    }

    @Override
    public void finish() throws IOException {
        shared.lock();
        try {
            checkWritable();
            channel().end();
        } finally {
            shared.unlock();
        }
    }

    private void checkReadable() throws IOException {
        IOException cause = cause();
        if (cause != null) {
            throw new IOException(cause.getMessage(), cause);
        }
    }

    private void checkWritable() throws IOException {
        checkReadable();
        Cut stop = channel().peerStop();
        if (stop != null) {
            throw new StoppedReadingException(new IOException("the peer reads no more" + because(stop)));
        }
    }

    /** What has ended the exchange for both directions; null while nothing has. */
    private @Nullable IOException cause() {
        if (failure != null) {
            return failure;
        }
        Cut cut = channel().peerCut();
        if (cut != null) {
            return new IOException(cut.byPeer() ? "the peer cut the exchange" + because(cut) : cut.text());
        }
        return aborted ? new IOException("this side has cut the exchange") : null;
    }

    static String because(Cut cut) {
        return " (" + cut.code() + (cut.text().isEmpty() ? "" : ": " + cut.text()) + ")";
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
        shared.lock();
        try {
            if (!aborted && cause() == null) {
                aborted = true;
                in.clear();
                channel().abort(code, text);
                changed();
            }
        } finally {
            shared.unlock();
        }
    }

    /** A server's handler has returned. */
    public void handlerReturned() {
        shared.lock();
        try {
            channel().handlerReturned();
        } finally {
            shared.unlock();
        }
    }

    /** The session is over; under its lock. */
    void sessionEnded(IOException cause) {
        if (!settled) {
            failure = cause;
            changed();
        }
    }

    void deadline(long nanoTime) {
        deadlineNanos = nanoTime;
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
        Runnable hears = onCut;
        if (hears != null && cause() != null) {
            onCut = null;
            shared.after(hears);
        }
    }

    @Override
    public void settled() {
        settled = true;
        shared.forget(this);
    }

    /** Whether anything of it has been handed to a connection. */
    boolean isStarted() {
        return channel().isStarted();
    }

    /** Why the peer has cut the exchange; null where it has not. */
    @Nullable
    Cut peerCut() {
        Cut cut = channel().peerCut();
        return cut == null ? channel().peerStop() : cut;
    }
}
