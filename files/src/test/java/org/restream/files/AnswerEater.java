package org.restream.files;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A relay that resets its first connection when the answer's body has come, and hands it to nobody. */
final class AnswerEater implements AutoCloseable {
    private final InetSocketAddress server;
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();
    private volatile String eaten = "";

    AnswerEater(InetSocketAddress server) throws IOException {
        this.server = server;
        start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    String eaten() {
        return eaten;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // a socket was closed
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            Socket up = new Socket(server.getAddress(), server.getPort());
            boolean first = connections.incrementAndGet() == 1;
            start(() -> {
                client.getInputStream().transferTo(up.getOutputStream());
                up.shutdownOutput();
            });
            start(() -> answer(client, up, first));
        }
    }

    private void answer(Socket client, Socket up, boolean first) throws IOException {
        if (!first) {
            up.getInputStream().transferTo(client.getOutputStream());
            client.shutdownOutput();
            return;
        }
        InputStream in = up.getInputStream();
        String header = "";
        while (!header.endsWith("\n\n")) {
            header += (char) in.read();
        }
        client.getOutputStream().write(header.getBytes(StandardCharsets.UTF_8));
        eaten = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        client.setSoLinger(true, 0);
        client.close();
        up.close();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
