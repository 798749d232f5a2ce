package org.restream.cli.send.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.restream.cli.command.CommandException;

/** A regular file. Each attempt opens it anew, with its current size. */
public final class FileBody implements Body {
    private static final int TRIES = 100;

    private final Path path;

    private volatile long size;

    private FileBody(Path path) {
        this.path = path;
    }

    /**
     * Opens the file of that name once, as a check.
     *
     * @throws CommandException it can't be read
     */
    public static FileBody of(Path path) throws CommandException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            FileBody body = new FileBody(path);
            body.size = channel.size();
            channel.read(ByteBuffer.allocate(1));
            return body;
        } catch (IOException e) {
            throw FileBodyReader.unreadable("it", e);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public BodyReader reader() throws CommandException {
        try {
            FileBodyReader reader = open();
            size = reader.size();
            return reader;
        } catch (IOException e) {
            throw FileBodyReader.unreadable("it", e);
        }
    }

    /** Opens the file; tries again if another file gets its name meanwhile. */
    private FileBodyReader open() throws IOException, CommandException {
        FileStamp before = FileStamp.of(path);
        for (int i = 0; i < TRIES; i++) {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            FileStamp after = FileStamp.of(path);
            if (after.isOfSameFile(before)) {
                return FileBodyReader.start("it", path, channel, 0, after, channel);
            }
            channel.close();
            before = after;
        }
        throw new IOException("another file has its name each time it is looked at");
    }

    @Override
    public boolean canBeSentAgain() {
        return true;
    }

    @Override
    public void close() {}
}
