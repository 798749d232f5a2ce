package org.restream.cli.send.body;

import java.io.IOException;
import org.restream.cli.command.CommandException;

/** A body that is a regular file. Each attempt opens it anew, at the size that it then has. */
abstract class RegularFile implements Body {
    private final String name;

    private volatile long size;

    /**
     * @param name what it is in messages
     * @param size how many bytes of it there are to send, when it is found
     */
    RegularFile(String name, long size) {
        this.name = name;
        this.size = size;
    }

    /** Opens it for one attempt. */
    abstract FileBodyReader open() throws IOException, CommandException;

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
            throw FileBodyReader.unreadable(name, e);
        }
    }

    @Override
    public boolean canBeSentAgain() {
        return true;
    }
}
