package org.restream.internal.server.dispatch;

import java.io.IOException;
import org.restream.internal.net.ListeningSocket;
import org.restream.internal.net.TcpConnection;

/**
 * Gives each connection a thread of its own: exchanges share nothing, at the cost of waking a thread for each of them.
 */
public final class ThreadPerConnection implements Dispatcher {
    private final ListeningSocket socket;
    private final ConnectionService service;

    public ThreadPerConnection(ListeningSocket socket, ConnectionService service) {
        this.socket = socket;
        this.service = service;
    }

    @Override
    public void await() throws IOException {
        socket.await();
    }

    @Override
    public boolean dispatch(TcpConnection connection) {
        service.start(connection);
        return true;
    }

    @Override
    public void wake() {
        // closing the socket wakes the thread that waits at it
    }
}
