package org.restream.cli.send.body;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;

/**
 * A source that can be read only once, kept in a temporary file. One thread reads it to its end as fast as it arrives;
 * the readers read the file from its start and follow it as it grows.
 */
public final class SpooledBody implements Body {
    private static final int PIECE = 64 * 1024;

    private final Source source;
    private final Spool spool;
    private final Consumer<CommandException> failed;

    private SpooledBody(Source source, Spool spool, Consumer<CommandException> failed) {
        this.source = source;
        this.spool = spool;
        this.failed = failed;
    }

    /**
     * Starts reading.
     *
     * @param spool an empty spool
     * @param failed is called if the source can't be read or spooled: then the body can't be complete any more
     */
    public static SpooledBody start(Source source, Spool spool, Consumer<CommandException> failed) {
        SpooledBody body = new SpooledBody(source, spool, failed);
        Thread thread = new Thread(body::spool, "restream-spool");
        thread.setDaemon(true);
        thread.start();
        return body;
    }

    private void spool() {
        byte[] piece = new byte[PIECE];
        try {
            for (int count = source.read(piece); count >= 0; count = source.read(piece)) {
                spool.append(ByteBuffer.wrap(piece, 0, count));
            }
            spool.end(null);
        } catch (CommandException e) {
            fail(e);
        } catch (Throwable e) {
            fail(new CommandException(ExitStatus.LOCAL, "can't spool " + source.name() + ": " + e, e));
        }
    }

    private void fail(CommandException why) {
        spool.end(why);
        failed.accept(why);
    }

    @Override
    public long size() {
        return spool.isWhole() ? spool.size() : -1;
    }

    @Override
    public BodyReader reader() {
        return new Reader();
    }

    /** The reader of one attempt. */
    private final class Reader implements BodyReader, Spool.Closed {
        private long position;
        private volatile boolean closed;

        @Override
        public long size() {
            return -1;
        }

        @Override
        public boolean isDry() {
            return position == spool.size() && !spool.isEnded();
        }

        @Override
        public boolean isAllThere() {
            return spool.isEnded();
        }

        @Override
        public int read(ByteBuffer into) throws CommandException {
            int count = spool.read(into, position, this);
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
            spool.wake();
        }
    }

    @Override
    public boolean canBeSentAgain() {
        return true;
    }

    @Override
    public void close() {
        source.close();
        spool.close();
    }
}
