package org.restream.internal.session.carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.link.Connection;
import org.restream.internal.session.Cut;
import org.restream.internal.session.wire.ByeCode;

/** Sends what a session has to send, over one of its connections, on a thread of its own. */
final class CarrierWriter {
    /** With more exchanges than this some may well be ready at the same time. */
    private static final int FEW = 2;

    private final SharedSession shared;
    private final Carrier carrier;
    private final Connection connection;
    private final FrameWriter frames = new FrameWriter();
    private volatile @Nullable Thread thread;
    /** It waits for something to send; under the session's lock. */
    private boolean waiting;
    /** Nothing follows; the writer's own. */
    private boolean saidBye;
    /** So many exchanges live that others may soon have something to send; the writer's own. */
    private boolean crowded;

    private volatile boolean stopped;

    CarrierWriter(SharedSession shared, Carrier carrier, Connection connection) {
        this.shared = shared;
        this.carrier = carrier;
        this.connection = connection;
    }

    void start(String name) {
        Thread made = Threads.unstarted(name, this::run);
        thread = made;
        made.start();
    }

    /** Has it end soon; a write that waits is ended by the connection's end. */
    void stop() {
        stopped = true;
        wake();
    }

    /** Under the lock: whether it has to be woken, which the caller does then. */
    boolean isWanted() {
        if (waiting && shared.core().output().isDue()) {
            waiting = false;
            return true;
        }
        return false;
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            while (!stopped && !saidBye) {
                sendAll();
                if (!stopped && !saidBye) {
                    LockSupport.park(this);
                }
            }
            if (saidBye) {
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
    private void sendAll() throws IOException {
        ByteBuffer out = Buffers.takeToWrite();
        try {
            letOthersRun();
            while (next(out)) {
                out.flip();
                while (out.hasRemaining()) {
                    connection.write(out);
                }
                letOthersRun();
            }
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

    /** Whether there are frames to send, which are in the buffer then. */
    private boolean next(ByteBuffer out) {
        shared.lock().lock();
        try {
            out.clear();
            if (!shared.isPresent(carrier)) {
                stopped = true;
                return false;
            }
            frames.begin(out);
            shared.core().output().produce(frames);
            frames.finish();
            saidBye = shared.core().output().hasSaidBye();
            waiting = out.position() == 0;
            crowded = shared.core().liveCount() > FEW;
            return !waiting;
        } finally {
            shared.lock().unlock();
        }
    }
}
