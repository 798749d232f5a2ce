package org.restream.internal.server.dispatch;

import java.io.IOException;
import org.restream.internal.net.TcpConnection;

/** Decides which thread serves an accepted connection. Only the acceptor may use it, except for {@link #wake}. */
public interface Dispatcher {
    /** Waits until the acceptor has to accept a connection, or the socket is closed. */
    void await() throws IOException, InterruptedException;

    /**
     * Lets another thread serve the connection.
     *
     * @return whether the acceptor has to accept the next one at once, without {@link #await}
     */
    boolean dispatch(TcpConnection connection) throws IOException;

    /** Makes waiting threads check again, after the socket was closed. Any thread may call this. */
    void wake();
}
