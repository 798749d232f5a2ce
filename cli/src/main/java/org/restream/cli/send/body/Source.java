package org.restream.cli.send.body;

import org.restream.cli.command.CommandException;

/** What can be read once, and by one thread: stdin, a pipe, what a command writes. */
public interface Source extends AutoCloseable {
    /** What it is, for messages. */
    String name();

    /**
     * Reads what comes next, and waits for it.
     *
     * @return how many bytes; -1 at the end, where all of it has come
     * @throws CommandException it can't be read, or its end is not to be taken for one
     */
    int read(byte[] piece) throws CommandException;

    /** Nobody wants more of it. */
    @Override
    void close();
}
