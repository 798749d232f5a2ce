package org.restream.internal.session.carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.link.Connection;
import org.restream.internal.session.wire.FrameParser;
import org.restream.internal.session.wire.ProtocolException;

/**
 * One connection of a session: a reader, which never writes and never runs a user's code, and one writer. It lives until it is lost
 * or another one takes its place.
 */
public final class Carrier {
    private static final int READ_BYTES = 64 * 1024;
    private static final int WRITE_BYTES = 64 * 1024;

    private final SharedSession shared;
    private final Connection connection;
    private final FrameParser parser;
    private final ByteBuffer out = ByteBuffer.allocateDirect(WRITE_BYTES + 1024);
    private final FrameWriter frames = new FrameWriter(out);
    private volatile @Nullable Thread writer;
    /** The writer waits for something to send; under the session's lock. */
    private boolean writerWaits;

    private volatile boolean over;
    private volatile @Nullable IOException cause;

    public Carrier(SharedSession shared, Connection connection, int maxFrame) {
        this.shared = shared;
        this.connection = connection;
        parser = new FrameParser(maxFrame);
    }

    /**
     * Carries the session until the connection is lost, or the session over. The calling thread reads.
     *
     * @param rest what came behind the peer's first line
     * @param name of the thread that writes
     * @return why it ended
     */
    public IOException run(ByteBuffer rest, String name) {
        Thread thread = Threads.unstarted(name, this::write);
        writer = thread;
        thread.start();
        try {
            read(rest);
        } catch (ProtocolException e) {
            violated(e);
        } catch (IOException e) {
            ended(e);
        } catch (Throwable e) {
            ended(new IOException("the session's reader failed: " + e, e));
        }
        return Objects.requireNonNull(cause);
    }

    private void read(ByteBuffer rest) throws IOException {
        apply(rest);
        ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
        while (!over) {
            if (connection.read(in) < 0) {
                throw new IOException("the peer closed the connection");
            }
            in.flip();
            apply(in);
            in.compact();
        }
    }

    private void apply(ByteBuffer in) throws ProtocolException {
        shared.lock();
        try {
            if (shared.isPresent(this)) {
                parser.parse(in, shared.core().input());
            }
        } finally {
            shared.unlock();
        }
    }

    private void violated(ProtocolException e) {
        ended(e);
    }

    private void write() {
        try {
            while (!over) {
                if (next()) {
                    out.flip();
                    while (out.hasRemaining()) {
                        connection.write(out);
                    }
                } else {
                    LockSupport.park(this);
                }
            }
        } catch (IOException e) {
            ended(e);
        } catch (Throwable e) {
            ended(new IOException("the session's writer failed: " + e, e));
        }
    }

    /** Whether there are frames to send, which are in the buffer then. */
    private boolean next() {
        shared.lock();
        try {
            out.clear();
            if (!shared.isPresent(this)) {
                over = true;
                return false;
            }
            shared.core().output().produce(frames);
            frames.finish();
            writerWaits = out.position() == 0;
            return !writerWaits;
        } finally {
            shared.unlock();
        }
    }

    /** Under the lock: whether the writer has to be woken, which the caller does then. */
    boolean wantsWriter() {
        if (writerWaits && shared.core().output().isDue()) {
            writerWaits = false;
            return true;
        }
        return false;
    }

    void wakeWriter() {
        LockSupport.unpark(writer);
    }

    private void ended(IOException why) {
        if (cause == null) {
            cause = why;
        }
        over = true;
        boolean unused = shared.detach(this);
        connection.abort();
        LockSupport.unpark(writer);
    }

    /** Another connection has taken its place, or the session is over. */
    void fenced() {
        ended(new IOException("another connection carries the session now"));
    }
}
