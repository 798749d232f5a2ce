package org.restream.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes connections on to a server, with a header before each. */
public final class SendingProxy implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final InetSocketAddress server;
    private final boolean atOnce;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile byte[] header;

    /**
     * Listens.
     *
     * @param atOnce whether the header is sent with the client's first bytes, in one piece
     */
    public SendingProxy(InetSocketAddress server, byte[] header, boolean atOnce) throws IOException {
        this.server = server;
        this.header = header;
        this.atOnce = atOnce;
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "sending-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** The header of connections from now on. */
    public void sends(byte[] other) {
        header = other;
    }

    /** Resets all connections. */
    public void cut() {
        open.forEach(SendingProxy::reset);
        open.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket to = new Socket(server.getAddress(), server.getPort());
                to.setTcpNoDelay(true);
                open.addAll(List.of(client, to));
                byte[] first = header;
                start(() -> pass(client, to, first));
                start(() -> pass(to, client, new byte[0]));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void pass(Socket from, Socket into, byte[] first) {
        byte[] bytes = new byte[16 * 1024];
        byte[] before = first;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            if (!atOnce) {
                out.write(before);
                before = new byte[0];
            }
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                out.write(ProxyLine.join(before, java.util.Arrays.copyOf(bytes, count)));
                before = new byte[0];
            }
            out.write(before);
            into.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(into);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
