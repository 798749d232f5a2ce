package org.restream.cli.send.body;

import java.nio.ByteBuffer;
import org.restream.cli.command.CommandException;

/** Reads a body once, from its start to its end, for one attempt. One thread reads; any may close it. */
public interface BodyReader extends AutoCloseable {
    /** How many bytes it will read, known before the first read; -1 if it is not known. */
    long size();

    /** Whether a read would have to wait: then the caller should flush first. */
    boolean isDry();

    /** Whether the whole body is available, so that no read waits for more input. */
    boolean isAllThere();

    /**
     * Reads the next bytes; waits until there are some.
     *
     * @param into has space for at least one byte
     * @return the number of bytes, at least one; -1 at the end of the whole body
     * @throws CommandException the body can't be read, or has changed: a local error
     * @throws java.util.concurrent.CancellationException it was closed: the attempt is over
     */
    int read(ByteBuffer into) throws CommandException;

    /** Closes the reader, and ends a read that waits. */
    @Override
    void close();
}
