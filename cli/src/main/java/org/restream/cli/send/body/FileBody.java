package org.restream.cli.send.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.restream.cli.command.CommandException;

/** A file that has a name. */
public final class FileBody extends RegularFile {
    private static final int TRIES = 100;
    private static final String NAME = "it";

    /** Looks at what has a name now. */
    interface Look {
        FileStamp at(Path path) throws IOException;
    }

    private final Path path;
    private final Look look;

    private FileBody(Path path, long size, Look look) {
        super(NAME, size);
        this.path = path;
        this.look = look;
    }

    /**
     * Opens the file of that name once, as a check.
     *
     * @throws CommandException it can't be read
     */
    public static FileBody of(Path path) throws CommandException {
        return of(path, FileStamp::of);
    }

    static FileBody of(Path path, Look look) throws CommandException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.read(ByteBuffer.allocate(1));
            return new FileBody(path, channel.size(), look);
        } catch (IOException e) {
            throw FileBodyReader.unreadable(NAME, e);
        }
    }

    /** Opens the file; tries again if another file gets its name meanwhile. */
    @Override
    FileBodyReader open() throws IOException, CommandException {
        FileStamp before = look.at(path);
        for (int i = 0; i < TRIES; i++) {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            try {
                FileStamp after = look.at(path);
                if (after.isOfSameFile(before)) {
                    return FileBodyReader.start(NAME, path, channel, 0, after, channel);
                }
                before = after;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
        throw new IOException("another file has its name each time it is looked at");
    }

    @Override
    public void close() {}
}
