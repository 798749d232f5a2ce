package org.restream.reliability.blackbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that accepts connections and ends them without a byte, like a load balancer with no server behind it. */
final class Vacant implements AutoCloseable {
    private final ServerSocket listening;

    Vacant(String host) throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getByName(host));
        Later.start(() -> {
            while (true) {
                Socket accepted = listening.accept();
                Later.start(() -> end(accepted));
            }
        });
    }

    private static void end(Socket socket) throws IOException {
        try (socket) {
            Side side = new Side(socket);
            side.end();
            side.drain();
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress().getHostAddress(), listening.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
