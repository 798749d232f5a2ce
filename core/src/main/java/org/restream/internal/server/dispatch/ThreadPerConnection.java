package org.restream.internal.server.dispatch;

import java.io.IOException;
import org.restream.internal.net.ListeningSocket;
import org.restream.internal.net.TcpConnection;

/** A thread for each connection: nothing is shared by exchanges, at the price of a thread that is woken for each of them. */
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
        // a closed socket wakes who waits at it
    }
}
