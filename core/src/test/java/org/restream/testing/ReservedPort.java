package org.restream.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.restream.ServerAddress;

/**
 * A port that refuses connections, until a server of this test listens there. It is bound but does not listen, so the system
 * gives it to nobody else until this is closed: neither to a server that asks for a free port nor to a client that connects.
 */
public final class ReservedPort implements AutoCloseable {
    private final Socket socket = new Socket();

    /** Reserves one of 127.0.0.1. */
    public ReservedPort() throws IOException {
        this("127.0.0.1");
    }

    /** Reserves one of this address of the machine. */
    public ReservedPort(String host) throws IOException {
        // this lets a server listen here: all set it on Linux
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
    }

    /** Its number. */
    public int number() {
        return socket.getLocalPort();
    }

    /** Its address as {@code host:port}. */
    public String address() {
        return new ServerAddress(socket.getLocalAddress().getHostAddress(), number()).toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
