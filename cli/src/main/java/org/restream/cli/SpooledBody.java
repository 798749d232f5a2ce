package org.restream.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.restream.Outgoing;

/**
 * A stream that can be read only once, kept in a temporary file. One thread reads the stream to its end, as fast as it
 * comes; {@link #sendTo} sends the file from its start and follows its growing end.
 */
final class SpooledBody implements Body {
    private static final int PIECE = 64 * 1024;

    private final InputStream in;
    private final String name;
    private final FileChannel file;
    private final Consumer<CommandException> failed;

    // guarded by this
    private long spooled;
    private boolean ended;
    private @Nullable CommandException failure;

    private SpooledBody(InputStream in, String name, FileChannel file, Consumer<CommandException> failed) {
        this.in = in;
        this.name = name;
        this.file = file;
        this.failed = failed;
    }

    /**
     * Starts to read.
     *
     * @param name what the stream is, for messages
     * @param failed is told where the stream can't be read or kept: nothing whole can be sent any more
     */
    static SpooledBody start(InputStream in, String name, Consumer<CommandException> failed) throws CommandException {
        try {
            return start(in, name, SpoolFile.open(), failed);
        } catch (IOException e) {
            throw cantSpool(name, e);
        }
    }

    /** With this file as the spool, which is empty. */
    static SpooledBody start(InputStream in, String name, FileChannel file, Consumer<CommandException> failed) {
        SpooledBody body = new SpooledBody(in, name, file, failed);
        Thread thread = new Thread(body::spool, "restream-spool");
        thread.setDaemon(true);
        thread.start();
        return body;
    }

    private static CommandException cantSpool(String name, IOException e) {
        return new CommandException(
                ExitStatus.LOCAL, "can't spool " + name + " in " + SpoolFile.folder() + ": " + Causes.line(e), e);
    }

    private void spool() {
        byte[] piece = new byte[PIECE];
        try {
            for (int count = read(piece); count >= 0; count = read(piece)) {
                keep(ByteBuffer.wrap(piece, 0, count));
            }
            end(null);
        } catch (CommandException e) {
            end(e);
            failed.accept(e);
        }
    }

    private int read(byte[] piece) throws CommandException {
        try {
            return in.read(piece);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't read " + name + ": " + Causes.line(e), e);
        }
    }

    private void keep(ByteBuffer bytes) throws CommandException {
        try {
            long position = spooled();
            while (bytes.hasRemaining()) {
                position += file.write(bytes, position);
            }
            grown(position);
        } catch (IOException e) {
            throw cantSpool(name, e);
        }
    }

    private synchronized long spooled() {
        return spooled;
    }

    private synchronized void grown(long to) {
        spooled = to;
        notifyAll();
    }

    private synchronized void end(@Nullable CommandException why) {
        ended = true;
        failure = why;
        notifyAll();
    }

    @Override
    public synchronized long size() {
        return ended && failure == null ? spooled : -1;
    }

    @Override
    public void sendTo(Outgoing req, LongConsumer sent, BooleanSupplier over) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        long position = 0;
        while (true) {
            if (position == spooled()) {
                // nothing more for now: what there was goes out
                req.flush();
                if (!awaitMore(position, over)) {
                    return;
                }
            }
            int count = read(piece.clear(), position);
            req.write(piece.flip());
            position += count;
            sent.accept(count);
        }
    }

    /**
     * Reads what is told to be there and no more. The file may be longer already: its end says nothing of where the data
     * end, neither while the other thread writes it nor later.
     */
    private int read(ByteBuffer piece, long position) throws IOException {
        piece.limit((int) Math.min(piece.capacity(), spooled() - position));
        int count = file.read(piece, position);
        if (count <= 0) {
            throw new IOException("the spool of " + name + " in " + SpoolFile.folder() + " ends after " + position
                    + " bytes, but " + spooled() + " were written to it");
        }
        return count;
    }

    /** Waits until more than that is spooled; false at the end, and where the exchange is over. */
    private synchronized boolean awaitMore(long position, BooleanSupplier over) throws IOException {
        while (position == spooled && !ended && !over.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        return position < spooled && !over.getAsBoolean();
    }

    @Override
    public synchronized void wake() {
        notifyAll();
    }

    @Override
    public boolean canBeSentAgain() {
        return true;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // it is unlinked already, and nothing in it is needed any more
            return;
        }
    }
}
