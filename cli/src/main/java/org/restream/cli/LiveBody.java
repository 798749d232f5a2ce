package org.restream.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.restream.Outgoing;

/**
 * A stream that is sent as it comes and kept nowhere: {@code --no-spool}. A thread of its own reads it, since a read can't be
 * interrupted, one piece ahead. What has been handed to an exchange can't be sent again.
 */
final class LiveBody implements Body {
    private static final int PIECE = 64 * 1024;

    private final InputStream in;
    private final String name;

    // guarded by this
    private @Nullable ByteBuffer piece;
    private boolean ended;
    private boolean taken;
    private @Nullable IOException failure;
    private @Nullable Thread thread;

    LiveBody(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    private void read() {
        byte[] buffer = new byte[PIECE];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hand(ByteBuffer.wrap(buffer, 0, count));
            }
            end(null);
        } catch (IOException e) {
            end(e);
        }
    }

    private synchronized void hand(ByteBuffer bytes) throws IOException {
        piece = bytes;
        notifyAll();
        awaitUntil(() -> piece == null);
    }

    private synchronized void end(@Nullable IOException why) {
        ended = true;
        failure = why;
        notifyAll();
    }

    @Override
    public long size() {
        return -1;
    }

    @Override
    public void sendTo(Outgoing req, LongConsumer sent, BooleanSupplier over) throws IOException {
        start();
        while (true) {
            if (isDry()) {
                // nothing more for now: what there was goes out
                req.flush();
            }
            ByteBuffer bytes = next(over);
            if (bytes == null) {
                return;
            }
            int count = bytes.remaining();
            req.write(bytes);
            sent.accept(count);
            done();
        }
    }

    private synchronized void start() {
        if (thread == null) {
            thread = new Thread(this::read, "restream-stdin");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private synchronized boolean isDry() {
        return piece == null && !ended;
    }

    /** The next piece, which then counts as taken; null at the end, and where the exchange is over. */
    private synchronized @Nullable ByteBuffer next(BooleanSupplier over) throws IOException {
        awaitUntil(() -> !isDry() || over.getAsBoolean());
        if (failure != null) {
            throw new IOException("can't read " + name + ": " + Causes.line(failure), failure);
        }
        if (piece == null || over.getAsBoolean()) {
            return null;
        }
        taken = true;
        return piece;
    }

    private synchronized void done() {
        piece = null;
        notifyAll();
    }

    private synchronized void awaitUntil(BooleanSupplier condition) throws IOException {
        try {
            while (!condition.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public synchronized void wake() {
        notifyAll();
    }

    @Override
    public synchronized boolean canBeSentAgain() {
        return !taken;
    }

    @Override
    public void close() {}
}
