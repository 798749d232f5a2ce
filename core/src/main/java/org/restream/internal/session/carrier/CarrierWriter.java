package org.restream.internal.session.carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.session.Cut;
import org.restream.internal.session.wire.ByeCode;

/** Sends what a session has to send, over one of its connections, on a thread that it has only while it is in use. */
final class CarrierWriter {
    /** With more exchanges than this some may well be ready at the same time. */
    private static final int FEW = 2;

    /** What has to be done for it, by whoever has let go of the session's lock. */
    enum Call {
        NOTHING,
        WAKE,
        START
    }

    /** What its thread does next. */
    private enum Next {
        WRITE,
        WAIT,
        /** Nothing lives: another thread follows when there is something to send. */
        LEAVE,
        /** The session's last frame has gone out. */
        FINISH,
        STOP
    }

    private final SharedSession shared;
    private final Carrier carrier;
    private final Connection connection;
    private final FrameWriter frames = new FrameWriter();
    /** Null where it has none. Written under the lock. */
    private volatile @Nullable Thread thread;
    /** Nobody has called it since it had nothing to send. Changes under the session's lock. */
    private volatile boolean waiting = true;
    /** So many exchanges live that others may soon have something to send; the writer's own. */
    private boolean crowded;

    private volatile boolean stopped;

    CarrierWriter(SharedSession shared, Carrier carrier, Connection connection) {
        this.shared = shared;
        this.carrier = carrier;
        this.connection = connection;
    }

    /**
     * Has it end soon; a write that waits is ended by the connection's end. The session has let go of the carrier before, under
     * its lock, so that a thread which has not seen that is known here.
     */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    boolean hasThread() {
        return thread != null;
    }

    /** Under the lock: what {@link #call} has to do after it. */
    Call wanted() {
        if (!waiting || !(shared.core().output().isDue() || isUnused())) {
            return Call.NOTHING;
        }
        waiting = false;
        return thread == null ? Call.START : Call.WAKE;
    }

    /** It has a thread that nothing needs. That of a client goes by itself, after it has said that it knows the last end. */
    private boolean isUnused() {
        return !shared.isClient() && thread != null && shared.core().liveCount() == 0;
    }

    void call(Call what) {
        if (what == Call.WAKE) {
            LockSupport.unpark(thread);
        } else if (what == Call.START) {
            start();
        }
    }

    private void start() {
        try {
            Threads.run("restream-session-writer", this::run);
        } catch (Throwable e) {
            IOException why = new IOException("there is no thread for the session's writer: " + e, e);
            // elsewhere: whoever has something to send may hold locks
            Timer.Task unused = shared.timer().after(Duration.ZERO, () -> carrier.ended(why));
        }
    }

    private void run() {
        try {
            Next next = sendAll();
            while (next == Next.WAIT) {
                // a lock that it waited for may have used up what unparks it
                while (waiting && !stopped) {
                    LockSupport.park(this);
                }
                next = sendAll();
            }
            if (next == Next.FINISH) {
                connection.finish();
                shared.ending()
                        .end(
                                over(shared.lock()
                                        .asked(() -> shared.core().output().ending())),
                                carrier);
            }
        } catch (IOException e) {
            carrier.ended(e);
        } catch (Throwable e) {
            carrier.ended(new IOException("the session's writer failed: " + e, e));
        }
    }

    /** Why a session that this side has ended is over. */
    static SessionOverException over(@Nullable Cut ending) {
        if (ending == null) {
            return new SessionOverException("this side has ended the session");
        }
        return new SessionOverException(
                ending.code() == ByeCode.PROTOCOL
                        ? "the peer broke the protocol: " + ending.text()
                        : "this side has ended the session" + LinkEnd.because(ending));
    }

    /** All that there is; the buffer is another's after it. */
    private Next sendAll() throws IOException {
        ByteBuffer out = Buffers.takeToWrite();
        try {
            letOthersRun();
            Next next = next(out);
            while (next == Next.WRITE) {
                frames.fill();
                out.flip();
                while (out.hasRemaining()) {
                    connection.write(out);
                }
                letOthersRun();
                next = next(out);
            }
            return next;
        } finally {
            Buffers.give(out);
        }
    }

    /** Others that are ready may have something to send, too: many frames in one write cost less than many writes. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it
    private void letOthersRun() {
        if (crowded) {
            Thread.yield();
        }
    }

    /** Where there are frames to send, they are in the buffer. */
    private Next next(ByteBuffer out) {
        shared.lock().lock();
        try {
            frames.begin(out.clear());
            if (stopped || !shared.isPresent(carrier)) {
                return Next.STOP;
            }
            shared.core().output().produce(frames);
            frames.finish();
            if (out.position() > 0) {
                waiting = false;
                thread = Thread.currentThread();
                crowded = shared.core().liveCount() > FEW;
                return Next.WRITE;
            }
            return nothing();
        } finally {
            shared.lock().unlock();
        }
    }

    /** What it does where there is nothing to send. */
    private Next nothing() {
        if (shared.core().output().hasSaidBye()) {
            return Next.FINISH;
        }
        waiting = true;
        boolean leaves = shared.core().liveCount() == 0;
        thread = leaves ? null : Thread.currentThread();
        return leaves ? Next.LEAVE : Next.WAIT;
    }
}
