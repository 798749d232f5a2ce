package org.restream.internal.server.dispatch;

import org.restream.internal.net.TcpConnection;

/** Serves accepted connections. */
public interface ConnectionService {
    /** Serves it on the calling thread, and returns when it has ended. */
    void serve(TcpConnection connection);

    /** Has it served by a thread of its own. */
    void start(TcpConnection connection);

    /** Runs the batch on a thread of its own; where there is none its first connection fails. */
    void start(Batch batch);
}
