package org.restream.cli.send.body;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.restream.cli.command.CommandException;

/**
 * A stdin that is a regular file, {@code < file}. It can be read again from its position at the start, so it needs no
 * copy.
 */
public final class StdinFile extends RegularFile {
    /** The path of the open file, which works even if its name has been removed. */
    private static final Path PATH = Path.of("/dev/stdin");

    private static final String NAME = "stdin";

    private final FileChannel shared;
    private final long start;

    private StdinFile(FileChannel shared, long start) throws IOException {
        super(NAME, Math.max(0, shared.size() - start));
        this.shared = shared;
        this.start = start;
    }

    /**
     * Stdin, if it is a regular file.
     *
     * @return null if it is not, if the system does not show it, or if it can't be opened a second time
     * @throws CommandException it can't be read
     */
    public static @Nullable StdinFile find() throws CommandException {
        if (!Files.isRegularFile(PATH)) {
            return null;
        }
        try {
            // don't close it: other processes may read on from it
            FileChannel shared = new FileInputStream(FileDescriptor.in).getChannel();
            StdinFile stdin = new StdinFile(shared, shared.position());
            shared.read(ByteBuffer.allocate(1), stdin.start);
            return stdin.canBeOpened() ? stdin : null;
        } catch (IOException e) {
            throw FileBodyReader.unreadable(NAME, e);
        }
    }

    /** False for a file that only another user may open, and has opened for this process. */
    private boolean canBeOpened() {
        try (FileChannel again = FileChannel.open(PATH, StandardOpenOption.READ)) {
            return again.isOpen();
        } catch (IOException e) {
            return false;
        }
    }

    /** Uses a channel of its own, because an interrupt, which ends an attempt, closes the channel in use. */
    @Override
    FileBodyReader open() throws IOException, CommandException {
        FileStamp found = FileStamp.of(PATH);
        FileChannel own = FileChannel.open(PATH, StandardOpenOption.READ);
        return FileBodyReader.start(NAME, PATH, own, start, found, own);
    }

    /**
     * Moves the position of the shared stdin to its end, so that a program that reads it later sees that it was read.
     */
    @Override
    public void close() {
        try {
            shared.position(Math.max(start, shared.size()));
        } catch (IOException e) {
            // the body was sent all the same
            return;
        }
    }
}
