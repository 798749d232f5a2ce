package org.restream.cli.send.body;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.restream.cli.command.CommandException;

/** A stdin that is a regular file, {@code < file}: it can be read again from where it stood, and needs no copy. */
public final class StdinFile implements Body {
    /** Where the system says what the open file is, also when it has no name any more. */
    private static final Path PATH = Path.of("/dev/stdin");

    private static final String NAME = "stdin";

    private final FileChannel channel;
    private final long start;

    private volatile long size;

    private StdinFile(FileChannel channel, long start) {
        this.channel = channel;
        this.start = start;
    }

    /**
     * Stdin, if it is one.
     *
     * @return null if it is not, or if nothing tells so
     * @throws CommandException it can't be read
     */
    public static @Nullable StdinFile find() throws CommandException {
        if (!Files.isRegularFile(PATH)) {
            return null;
        }
        try {
            // not to be closed: others may read on from it
            FileChannel channel = new FileInputStream(FileDescriptor.in).getChannel();
            StdinFile stdin = new StdinFile(channel, channel.position());
            stdin.size = Math.max(0, channel.size() - stdin.start);
            channel.read(ByteBuffer.allocate(1), stdin.start);
            return stdin;
        } catch (IOException e) {
            throw FileBodyReader.unreadable(NAME, e);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public BodyReader reader() throws CommandException {
        try {
            FileBodyReader reader = FileBodyReader.start(NAME, PATH, channel, start, FileStamp.of(PATH), () -> {});
            size = reader.size();
            return reader;
        } catch (IOException e) {
            throw FileBodyReader.unreadable(NAME, e);
        }
    }

    @Override
    public boolean canBeSentAgain() {
        return true;
    }

    /** Who reads from the same stdin after the command finds it read. */
    @Override
    public void close() {
        try {
            channel.position(Math.max(start, channel.size()));
        } catch (IOException e) {
            // it was read all the same
            return;
        }
    }
}
