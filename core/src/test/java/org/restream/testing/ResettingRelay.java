package org.restream.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A relay in front of a server that resets its connections after so many bytes of the client's. */
public final class ResettingRelay implements AutoCloseable {
    private final ServerSocket socket;
    private final InetSocketAddress target;
    private final Iterator<Integer> limits;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean refusing;

    /**
     * @param limits after how many bytes each connection is cut, one after the other; those after them are not
     */
    public ResettingRelay(InetSocketAddress target, Iterable<Integer> limits) throws IOException {
        this.target = target;
        this.limits = limits.iterator();
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** How many connections have been cut. */
    public int cuts() {
        return cuts.get();
    }

    /** Cuts all connections, and resets each further one at once. */
    public void cutAndRefuse() {
        refusing = true;
        open.forEach(ResettingRelay::reset);
    }

    /** Lets further connections pass. */
    public void pass() {
        refusing = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                if (refusing) {
                    reset(client);
                    continue;
                }
                int limit = limits.hasNext() ? limits.next() : Integer.MAX_VALUE;
                Socket server = new Socket(target.getAddress(), target.getPort());
                open.add(client);
                open.add(server);
                start(() -> pump(client, server, limit));
                start(() -> pump(server, client, Integer.MAX_VALUE));
            }
        } catch (IOException e) {
            // closed by the test
            return;
        }
    }

    private void pump(Socket from, Socket to, int limit) {
        byte[] piece = new byte[16 * 1024];
        int left = limit;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count;
            while ((count = in.read(piece, 0, Math.min(piece.length, left))) >= 0) {
                out.write(piece, 0, count);
                left -= limit == Integer.MAX_VALUE ? 0 : count;
                if (left == 0) {
                    cuts.incrementAndGet();
                    reset(from);
                    reset(to);
                    return;
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is closed already
            return;
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        open.forEach(ResettingRelay::reset);
    }
}
