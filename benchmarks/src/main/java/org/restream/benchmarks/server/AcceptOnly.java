package org.restream.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.restream.benchmarks.peer.Task;

/** The least that a server in Java can do with a connection: accepts it, reads once, closes it. On one thread. */
public final class AcceptOnly {
    private static final int BACKLOG = 65_535;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(1024);

    private AcceptOnly() {}

    public static void main(String... args) throws IOException {
        ServerSocketChannel listening =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName(args[0]), 0), BACKLOG);
        listening.configureBlocking(false);
        Thread thread = new Thread(() -> new AcceptOnly().run(listening), "accept");
        thread.setDaemon(true);
        thread.start();
        int port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
        Ready.serve(Map.of(Task.EXCHANGE, port));
    }

    private void run(ServerSocketChannel listening) {
        try (Selector selector = Selector.open()) {
            listening.register(selector, SelectionKey.OP_ACCEPT);
            while (true) {
                selector.select(key -> {});
                for (SocketChannel next = listening.accept(); next != null; next = listening.accept()) {
                    serve(next);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            connection.setOption(StandardSocketOptions.SO_LINGER, 0);
            connection.configureBlocking(false);
            int unused = connection.read(bytes.clear());
        } catch (IOException e) {
            // a reset, as most are
            return;
        }
    }
}
