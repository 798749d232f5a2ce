package org.restream.cli.send.body;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;

/**
 * Reads a regular file as it was when it was opened: exactly that many bytes, or it is an error. Others may truncate
 * it, append to it or overwrite it meanwhile, so it checks size and modification time again before it reports the end.
 *
 * <p>Files that the system generates while they are read, as in {@code /proc} and {@code /sys}, report a wrong size.
 * The first piece shows that; such a file is read to its end, whatever its size.
 */
final class FileBodyReader implements BodyReader {
    /** How much is read before the size is used. */
    private static final int AHEAD = 64 * 1024;

    private final String name;
    private final Path path;
    private final FileChannel channel;
    private final long start;
    private final FileStamp stamp;
    private final Closeable atEnd;
    private final ByteBuffer ahead = ByteBuffer.allocate(AHEAD);

    private long size;
    private long position;
    private volatile boolean closed;

    private FileBodyReader(String name, Path path, FileChannel channel, long start, FileStamp stamp, Closeable atEnd) {
        this.name = name;
        this.path = path;
        this.channel = channel;
        this.start = start;
        this.stamp = stamp;
        this.atEnd = atEnd;
    }

    /**
     * Starts reading.
     *
     * @param name the file's name in messages
     * @param path the file's path
     * @param channel the same file, open
     * @param start the position of the first byte to read
     * @param found the file's stamp when it was opened
     * @param atEnd is closed with the reader
     * @throws CancellationException the thread was interrupted: the attempt is over
     */
    static FileBodyReader start(
            String name, Path path, FileChannel channel, long start, FileStamp found, Closeable atEnd)
            throws IOException, CommandException {
        try {
            FileBodyReader reader =
                    new FileBodyReader(name, path, channel, start, found.withSize(channel.size()), atEnd);
            reader.readAhead();
            return reader;
        } catch (ClosedByInterruptException e) {
            atEnd.close();
            throw cancellation(e);
        } catch (IOException | CommandException | RuntimeException | Error e) {
            atEnd.close();
            throw e;
        }
    }

    static CommandException unreadable(String name, IOException e) {
        return new CommandException(ExitStatus.LOCAL, "can't read " + name + ": " + Causes.withoutFile(e), e);
    }

    /** An interrupt means that the attempt is over; whoever interrupts has recorded why. */
    private static CancellationException cancellation(ClosedByInterruptException e) {
        CancellationException cancelled = new CancellationException();
        cancelled.initCause(e);
        return cancelled;
    }

    private void readAhead() throws IOException, CommandException {
        boolean whole = false;
        while (ahead.hasRemaining() && !whole) {
            whole = readAt(ahead.position(), ahead) < 0;
        }
        ahead.flip();
        size = Math.max(0, stamp.size() - start);
        boolean isTrue = whole ? ahead.limit() == size : ahead.limit() <= size;
        if (!isTrue) {
            checkUnchanged();
            size = -1;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isDry() {
        return false;
    }

    @Override
    public boolean isAllThere() {
        return true;
    }

    @Override
    public int read(ByteBuffer into) throws CommandException {
        try {
            return readOn(into);
        } catch (ClosedByInterruptException e) {
            throw cancellation(e);
        } catch (IOException e) {
            throw orCancelled(unreadable(name, e));
        } catch (CommandException e) {
            throw orCancelled(e);
        }
    }

    /** A failure after the reader was closed is a cancellation. */
    private CommandException orCancelled(CommandException trouble) {
        if (closed) {
            throw new CancellationException();
        }
        return trouble;
    }

    private int readOn(ByteBuffer into) throws IOException, CommandException {
        if (closed) {
            throw new CancellationException();
        }
        if (position == size) {
            checkUnchanged();
            return -1;
        }
        int most = size < 0 ? into.remaining() : (int) Math.min(into.remaining(), size - position);
        int count = ahead.hasRemaining() ? fromAhead(into, most) : fromFile(into, most);
        position += Math.max(count, 0);
        return count;
    }

    private int fromAhead(ByteBuffer into, int most) {
        int count = Math.min(ahead.remaining(), most);
        into.put(ahead.slice().limit(count));
        ahead.position(ahead.position() + count);
        return count;
    }

    private int fromFile(ByteBuffer into, int most) throws IOException, CommandException {
        int limit = into.limit();
        into.limit(into.position() + most);
        int count = readAt(position, into);
        into.limit(limit);
        if (count < 0 && size >= 0) {
            checkUnchanged();
            throw changed("it ends after " + position + " bytes, not after " + size);
        }
        return count;
    }

    private int readAt(long from, ByteBuffer into) throws IOException {
        int count = channel.read(into, start + from);
        if (count == 0) {
            throw new IOException("a read returned neither bytes nor the end");
        }
        return count;
    }

    private void checkUnchanged() throws IOException, CommandException {
        @Nullable FileStamp now = stamp.now(path);
        if (now == null) {
            throw changed("another file has its name");
        }
        if (now.size() != stamp.size()) {
            throw changed("it had " + stamp.size() + " bytes, and has " + now.size());
        }
        if (!now.written().equals(stamp.written())) {
            throw changed("it was written to at " + now.written());
        }
    }

    private CommandException changed(String how) {
        return new CommandException(ExitStatus.LOCAL, name + " changed while it was sent: " + how, null);
    }

    @Override
    public void close() {
        closed = true;
        try {
            atEnd.close();
        } catch (IOException e) {
            // nothing was written to it
            return;
        }
    }
}
