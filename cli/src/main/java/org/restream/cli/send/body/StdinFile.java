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

/** A stdin that is a regular file, {@code < file}: it can be read again from where it stood, and needs no copy. */
public final class StdinFile extends RegularFile {
    /** Where the system says what the open file is, also when it has no name any more. */
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
     * Stdin, if it is one.
     *
     * @return null if it is not, or if nothing tells so, or if it can't be opened a second time
     * @throws CommandException it can't be read
     */
    public static @Nullable StdinFile find() throws CommandException {
        if (!Files.isRegularFile(PATH)) {
            return null;
        }
        try {
            // not to be closed: others may read on from it
            FileChannel shared = new FileInputStream(FileDescriptor.in).getChannel();
            StdinFile stdin = new StdinFile(shared, shared.position());
            shared.read(ByteBuffer.allocate(1), stdin.start);
            return stdin.canBeOpened() ? stdin : null;
        } catch (IOException e) {
            throw FileBodyReader.unreadable(NAME, e);
        }
    }

    /** What has been opened for this process by another user, say, may not be opened by it. */
    private boolean canBeOpened() {
        try (FileChannel again = FileChannel.open(PATH, StandardOpenOption.READ)) {
            return again.isOpen();
        } catch (IOException e) {
            return false;
        }
    }

    /** On a channel of its own: an interrupt, which ends an attempt, closes the channel that it finds somebody at. */
    @Override
    FileBodyReader open() throws IOException, CommandException {
        FileStamp found = FileStamp.of(PATH);
        FileChannel own = FileChannel.open(PATH, StandardOpenOption.READ);
        return FileBodyReader.start(NAME, PATH, own, start, found, own);
    }

    /** Who reads from the same stdin after the command finds it read. */
    @Override
    public void close() {
        try {
            shared.position(Math.max(start, shared.size()));
        } catch (IOException e) {
            // it was read all the same
            return;
        }
    }
}
