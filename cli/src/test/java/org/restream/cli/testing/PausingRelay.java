package org.restream.cli.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A relay on whose first connection nothing moves any more after so many bytes of the client, until one side is gone. */
public final class PausingRelay implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicLong passed = new AtomicLong();
    private final AtomicBoolean first = new AtomicBoolean(true);
    private final long pauseAt;
    private volatile InetSocketAddress server;

    public PausingRelay(InetSocketAddress server, long pauseAt) throws IOException {
        this.server = server;
        this.pauseAt = pauseAt;
        start(this::accept);
    }

    public String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** Where the next connections lead. */
    public void to(InetSocketAddress next) {
        server = next;
    }

    /** How many bytes of clients the server was sent. */
    public long passed() {
        return passed.get();
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
            start(() -> relay(client));
        }
    }

    private void relay(Socket client) throws IOException {
        try (client;
                Socket up = new Socket(server.getAddress(), server.getPort())) {
            long most = first.getAndSet(false) ? pauseAt : Long.MAX_VALUE;
            Thread back = new Thread(() -> copyBack(up, client));
            back.start();
            copy(client, up, most);
            back.join();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The end of one side is the end of the connection, but for a clean end of the client. */
    private static void copyBack(Socket up, Socket client) {
        try (client) {
            up.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // one of them is gone
            return;
        }
    }

    private void copy(Socket client, Socket up, long most) throws IOException {
        InputStream in = client.getInputStream();
        OutputStream out = up.getOutputStream();
        byte[] piece = new byte[16 * 1024];
        long left = most;
        try {
            while (left > 0) {
                int count = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (count < 0) {
                    up.shutdownOutput();
                    return;
                }
                out.write(piece, 0, count);
                left -= count;
                passed.addAndGet(count);
            }
            // reads on, to hear of the client's death, and sends nothing of it
            while (in.read(piece) >= 0) {
                continue;
            }
        } catch (IOException e) {
            up.setSoLinger(true, 0);
            up.close();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
