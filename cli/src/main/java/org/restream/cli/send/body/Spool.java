package org.restream.cli.send.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.command.SpoolFile;

/**
 * A file that one thread writes while others read it. Readers rely on the recorded size, and never on the end of the
 * file, which may be longer already.
 */
public final class Spool implements AutoCloseable {
    private final String name;
    private final FileChannel file;

    // guarded by this
    private long told;
    private boolean ended;
    private @Nullable CommandException failure;

    /**
     * @param name the name of its content in messages
     */
    Spool(String name, FileChannel file) {
        this.name = name;
        this.file = file;
    }

    public static Spool open(String name) throws CommandException {
        try {
            return new Spool(name, SpoolFile.open());
        } catch (IOException e) {
            throw cantSpool(name, e);
        }
    }

    private static CommandException cantSpool(String name, IOException e) {
        return new CommandException(
                ExitStatus.LOCAL, "can't spool " + name + " in " + SpoolFile.folder() + ": " + Causes.line(e), e);
    }

    /** Appends the bytes, and lets readers see them. */
    void append(ByteBuffer bytes) throws CommandException {
        long position = size();
        try {
            while (bytes.hasRemaining()) {
                position += file.write(bytes, position);
            }
        } catch (IOException e) {
            throw cantSpool(name, e);
        }
        grown(position);
    }

    private synchronized void grown(long to) {
        told = to;
        notifyAll();
    }

    /**
     * Ends the spool.
     *
     * @param why null if the content is complete; otherwise why it is not
     */
    synchronized void end(@Nullable CommandException why) {
        ended = true;
        failure = why;
        notifyAll();
    }

    synchronized long size() {
        return told;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    synchronized boolean isWhole() {
        return ended && failure == null;
    }

    /** Wakes waiting readers, so that they check again. */
    synchronized void wake() {
        notifyAll();
    }

    /** Whether a reader has been closed. */
    interface Closed {
        boolean isClosed();
    }

    /** Waits until there are bytes after the position, and returns how many; 0 at the end. */
    private synchronized long awaitMore(long position, Closed reader) throws CommandException {
        while (position == told && !ended && !reader.isClosed()) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException();
            }
        }
        if (reader.isClosed()) {
            throw new CancellationException();
        }
        if (failure != null) {
            throw failure;
        }
        return told - position;
    }

    /** Like {@link BodyReader#read}, from a position. */
    int read(ByteBuffer into, long position, Closed reader) throws CommandException {
        long there = awaitMore(position, reader);
        if (there == 0) {
            return -1;
        }
        int limit = into.limit();
        into.limit(into.position() + (int) Math.min(into.remaining(), there));
        int count = readFile(into, position);
        into.limit(limit);
        return count;
    }

    private int readFile(ByteBuffer into, long position) throws CommandException {
        try {
            int count = file.read(into, position);
            if (count > 0) {
                return count;
            }
        } catch (IOException e) {
            throw unreadable(Causes.line(e), e);
        }
        throw unreadable("it ends after " + position + " bytes, but " + size() + " were written to it", null);
    }

    private CommandException unreadable(String why, @Nullable IOException cause) {
        return new CommandException(
                ExitStatus.LOCAL, "can't read the spool of " + name + " in " + SpoolFile.folder() + ": " + why, cause);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // it is unlinked already, and its content is not needed any more
            return;
        }
    }
}
