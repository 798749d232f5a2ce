package org.restream.internal.server.dispatch;

import java.io.IOException;
import org.restream.internal.net.TcpConnection;

/** Decides on which thread an accepted connection is served. The acceptor's alone, but for {@link #wake}. */
public interface Dispatcher {
    /** Waits until the acceptor has to accept, or the socket is closed. */
    void await() throws IOException, InterruptedException;

    /**
     * Has it served, by another thread than the caller's.
     *
     * @return whether the acceptor is to accept the next one at once, without {@link #await}
     */
    boolean dispatch(TcpConnection connection) throws IOException;

    /** The socket has been closed: who waits looks again. Any thread may call it. */
    void wake();
}
