package org.restream.cli.send.body;

import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;

/**
 * A source that can be read only once, sent as it arrives and kept nowhere: {@code --no-spool}. A thread of its own
 * reads one piece ahead, because a read can't be interrupted. Bytes that an attempt has used can't be sent again.
 */
public final class LiveBody implements Body {
    private static final int PIECE = 64 * 1024;

    private final Source source;

    // guarded by this
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private boolean ended;
    private boolean taken;
    private @Nullable CommandException failure;
    private @Nullable Thread thread;

    public LiveBody(Source source) {
        this.source = source;
    }

    private void read() {
        byte[] buffer = new byte[PIECE];
        try {
            for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
                hand(ByteBuffer.wrap(buffer, 0, count));
            }
            end(null);
        } catch (CommandException e) {
            end(e);
        } catch (Throwable e) {
            end(new CommandException(ExitStatus.LOCAL, "can't read " + source.name() + ": " + e, e));
        }
    }

    private synchronized void hand(ByteBuffer bytes) {
        piece = bytes;
        notifyAll();
        awaitUntil(() -> !piece.hasRemaining());
    }

    private synchronized void end(@Nullable CommandException why) {
        ended = true;
        failure = why;
        notifyAll();
    }

    private synchronized void awaitUntil(BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    @Override
    public long size() {
        return -1;
    }

    @Override
    public synchronized BodyReader reader() {
        if (thread == null) {
            thread = new Thread(this::read, "restream-stdin");
            thread.setDaemon(true);
            thread.start();
        }
        return new Reader();
    }

    /** The reader of one attempt. After an attempt that has read a byte there is no other. */
    private final class Reader implements BodyReader {
        /** Guarded by the body. */
        private boolean closed;

        @Override
        public long size() {
            return -1;
        }

        @Override
        public boolean isAllThere() {
            synchronized (LiveBody.this) {
                return ended;
            }
        }

        @Override
        public boolean isDry() {
            synchronized (LiveBody.this) {
                return !piece.hasRemaining() && !ended;
            }
        }

        @Override
        public int read(ByteBuffer into) throws CommandException {
            synchronized (LiveBody.this) {
                awaitUntil(() -> closed || piece.hasRemaining() || ended);
                if (closed) {
                    throw new CancellationException();
                }
                if (failure != null) {
                    throw failure;
                }
                if (!piece.hasRemaining()) {
                    return -1;
                }
                taken = true;
                int count = Math.min(piece.remaining(), into.remaining());
                into.put(piece.slice().limit(count));
                piece.position(piece.position() + count);
                LiveBody.this.notifyAll();
                return count;
            }
        }

        @Override
        public void close() {
            synchronized (LiveBody.this) {
                closed = true;
                LiveBody.this.notifyAll();
            }
        }
    }

    @Override
    public synchronized boolean canBeSentAgain() {
        return !taken;
    }

    @Override
    public void close() {
        source.close();
    }
}
