package org.restream.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Reserves a port of this machine that refuses connections. No other process can get it until this is closed. */
final class ReservedPort implements AutoCloseable {
    private final Socket socket = new Socket();

    ReservedPort() throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    }

    /** A port that was free a moment ago. */
    static int released() throws IOException {
        try (ReservedPort port = new ReservedPort()) {
            return port.number();
        }
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
