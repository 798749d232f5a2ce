package org.restream.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream that can be read only once, kept in a temporary file. One thread reads the stream to its end, as fast as it
 * comes; the readers read the file from its start and follow its growing end.
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
            fail(e);
        } catch (Throwable e) {
            fail(new CommandException(ExitStatus.LOCAL, "can't spool " + name + ": " + e, e));
        }
    }

    private void fail(CommandException why) {
        end(why);
        failed.accept(why);
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
    public BodyReader reader() {
        return new Reader();
    }

    /** Of one attempt. */
    private final class Reader implements BodyReader {
        private long position;
        /** Guarded by the body. */
        private boolean closed;

        @Override
        public long size() {
            return -1;
        }

        @Override
        public boolean isAllThere() {
            synchronized (SpooledBody.this) {
                return ended;
            }
        }

        @Override
        public boolean isDry() {
            synchronized (SpooledBody.this) {
                return position == spooled && !ended;
            }
        }

        /**
         * Reads what is told to be there and no more. The file may be longer already: its end says nothing of where the
         * data end, neither while the other thread writes it nor later.
         */
        @Override
        public int read(ByteBuffer into) throws CommandException {
            long there = awaitMore();
            if (there == 0) {
                return -1;
            }
            int limit = into.limit();
            into.limit(into.position() + (int) Math.min(into.remaining(), there));
            int count = readFile(into);
            into.limit(limit);
            position += count;
            return count;
        }

        private int readFile(ByteBuffer into) throws CommandException {
            try {
                int count = file.read(into, position);
                if (count > 0) {
                    return count;
                }
            } catch (IOException e) {
                throw unreadable(Causes.line(e), e);
            }
            throw unreadable("it ends after " + position + " bytes, but " + spooled() + " were written to it", null);
        }

        private CommandException unreadable(String why, @Nullable IOException cause) {
            return new CommandException(
                    ExitStatus.LOCAL,
                    "can't read the spool of " + name + " in " + SpoolFile.folder() + ": " + why,
                    cause);
        }

        /** Waits until there is more, and gives how much; 0 at the end. */
        private long awaitMore() throws CommandException {
            synchronized (SpooledBody.this) {
                while (position == spooled && !ended && !closed) {
                    try {
                        SpooledBody.this.wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new CancellationException();
                    }
                }
                if (closed) {
                    throw new CancellationException();
                }
                if (failure != null) {
                    throw failure;
                }
                return spooled - position;
            }
        }

        @Override
        public void close() {
            synchronized (SpooledBody.this) {
                closed = true;
                SpooledBody.this.notifyAll();
            }
        }
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
