package org.restream.reliability.leak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that does the same with each connection, one after the other, and closes it. */
final class RudeServer implements AutoCloseable {
    /** What it does with a connection. */
    interface Deed {
        void to(Socket socket) throws IOException;
    }

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));

    RudeServer(Deed deed) throws IOException {
        Thread thread = new Thread(() -> run(deed), "rude-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Deed deed) {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                deed.to(socket);
            } catch (IOException e) {
                // the client has closed first, or this server is closed
            }
        }
    }

    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
