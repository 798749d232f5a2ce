package org.restream.cli.send.body;

import org.restream.cli.command.CommandException;

/** Input that can be read once, by one thread: stdin, a pipe, the output of a command. */
public interface Source extends AutoCloseable {
    /** Its name in messages. */
    String name();

    /**
     * Reads the next bytes; waits until there are some.
     *
     * @return the number of bytes; -1 at the end, if the input is complete
     * @throws CommandException it can't be read, or it has ended too early
     */
    int read(byte[] piece) throws CommandException;

    /** Stops reading. */
    @Override
    void close();
}
