package org.restream.cli.send.body;

import org.restream.cli.command.CommandException;

/** What is sent: a file, or a stream that is spooled or not. */
public interface Body extends AutoCloseable {
    /** How many bytes it has, as far as is known by now, or -1. */
    long size();

    /**
     * Begins to read it from its start, for one attempt. The readers of several attempts don't disturb each other.
     *
     * @throws CommandException it can't be read: a trouble of this side
     */
    BodyReader reader() throws CommandException;

    /** Whether it can be sent again from its start. */
    boolean canBeSentAgain();

    @Override
    void close();
}
