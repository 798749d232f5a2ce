package org.restream.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Reserves a port of this machine that refuses connections, until a server of this process listens there. No other process can
 * get it until this is closed.
 */
final class ReservedPort implements AutoCloseable {
    private final Socket socket = new Socket();

    ReservedPort() throws IOException {
        // this lets a server listen here
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    }

    int number() {
        return socket.getLocalPort();
    }

    String address() {
        return "127.0.0.1:" + number();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
