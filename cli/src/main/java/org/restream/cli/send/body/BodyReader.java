package org.restream.cli.send.body;

import java.nio.ByteBuffer;
import org.restream.cli.command.CommandException;

/** Reads a body once, from its start to its end, for one attempt. One thread reads; any may close it. */
public interface BodyReader extends AutoCloseable {
    /** How many bytes it gives, said before the first of them is read; -1 where that is not known. */
    long size();

    /** Whether a read would have to wait: then what was read before had better go out first. */
    boolean isDry();

    /** Whether all of the body is there, so that no read waits for somebody to say more. */
    boolean isAllThere();

    /**
     * Reads what comes next, and waits for it.
     *
     * @param into has room
     * @return how many bytes, at least one; -1 at the end, and only where all of the body has been read
     * @throws CommandException the body can't be read, or is not what it was: a trouble of this side
     * @throws java.util.concurrent.CancellationException it was closed: the attempt is over
     */
    int read(ByteBuffer into) throws CommandException;

    /** Ends it; a read that waits, too. */
    @Override
    void close();
}
