package org.restream.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Stands between a client and a server, and cuts one connection after the other, each at a chosen byte. */
final class CuttingRelay implements AutoCloseable {
    enum Cut {
        /** Both sides see an end. */
        FIN,
        /** Both see a reset. */
        RST,
        /** Nothing moves any more, and nobody is told. */
        SILENCE
    }

    /**
     * Where a connection is cut.
     *
     * @param bytes of the client's, with the header
     */
    record Plan(Cut cut, long bytes) {}

    private final Supplier<InetSocketAddress> server;
    private final ServerSocket listening;
    private final Queue<Plan> plans;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicLong passed = new AtomicLong();

    /** Without a plan a connection lives. */
    CuttingRelay(InetSocketAddress server, List<Plan> plans) throws IOException {
        this(() -> server, plans);
    }

    /** To a server that may be another one with each connection. */
    CuttingRelay(Supplier<InetSocketAddress> server, List<Plan> plans) throws IOException {
        this.server = server;
        this.plans = new ConcurrentLinkedQueue<>(plans);
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** How many bytes of clients have gone to the server. */
    long passed() {
        return passed.get();
    }

    /** Whether each plan has been carried out, or is under way. */
    boolean isThrough() {
        return plans.isEmpty();
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
            sockets.add(client);
            start(() -> relay(client));
        }
    }

    private void relay(Socket client) throws IOException {
        Socket up;
        try {
            up = new Socket(server.get().getAddress(), server.get().getPort());
        } catch (IOException e) {
            // nobody is there now
            reset(client);
            return;
        }
        sockets.add(up);
        Plan plan = plans.poll();
        start(() -> copy(up, client, null, new AtomicLong()));
        copy(client, up, plan, passed);
    }

    private void copy(Socket from, Socket to, Plan plan, AtomicLong counter) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] piece = new byte[16 * 1024];
        long left = plan == null ? Long.MAX_VALUE : plan.bytes();
        while (left > 0) {
            int count;
            try {
                count = in.read(piece, 0, (int) Math.min(piece.length, left));
            } catch (IOException e) {
                reset(from);
                reset(to);
                return;
            }
            if (count < 0) {
                to.shutdownOutput();
                return;
            }
            out.write(piece, 0, count);
            left -= count;
            counter.addAndGet(count);
        }
        cut(plan.cut(), from, to);
    }

    private static void cut(Cut cut, Socket client, Socket up) throws IOException {
        switch (cut) {
            case FIN -> {
                up.shutdownOutput();
                client.shutdownOutput();
            }
            case RST -> {
                reset(client);
                reset(up);
            }
            case SILENCE -> {}
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
