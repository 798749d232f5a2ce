package org.restream.cli.send.body;

import org.restream.cli.command.CommandException;

/** A body to send: a file, or a stream that is spooled or not. */
public interface Body extends AutoCloseable {
    /** The number of bytes, or -1 if it is not known yet. */
    long size();

    /**
     * Opens a reader at the start of the body, for one attempt. The readers of several attempts are independent.
     *
     * @throws CommandException it can't be read: a local error
     */
    BodyReader reader() throws CommandException;

    /** Whether it can be sent again from its start. */
    boolean canBeSentAgain();

    @Override
    void close();
}
