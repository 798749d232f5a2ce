package org.restream.testing;

import java.util.List;
import org.restream.internal.link.Link;
import org.restream.internal.link.Peer;

/** One end of a connection or of an exchange of a session, whose use a test can see. */
public interface TestLink extends Link, Peer {
    /** Aborts, and returns once the other end can see it. */
    void cut();

    /** This end stops reading: writes of the other end fail, and what this one has written can still be read. */
    void stopReading();

    /** Sets a hook that runs before this end's message ends. */
    void beforeFinish(Runnable hook);

    /** The number of bytes of each write of this end. */
    List<Integer> writes();

    boolean isClosed();

    boolean isAborted();

    /** Whether this end's message has ended cleanly. */
    boolean isFinished();

    /** Waits until a thread waits in a read of this end, and all that the other end has written was read. */
    void awaitReader() throws InterruptedException;

    /** Waits until a thread waits in a write of this end, because there is no room. */
    void awaitBlockedWriter() throws InterruptedException;
}
