package org.restream.internal.server.dispatch;

import org.restream.internal.net.TcpConnection;

/** Serves accepted connections. */
public interface ConnectionService {
    /** Serves the connection on the calling thread, and returns when it has ended. */
    void serve(TcpConnection connection);

    /** Serves the connection on a thread of its own. */
    void start(TcpConnection connection);

    /** Runs the batch on a thread of its own; if none can be created, its first connection fails. */
    void start(Batch batch);
}
