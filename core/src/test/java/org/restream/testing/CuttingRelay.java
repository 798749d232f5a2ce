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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Passes connections on to a server, and cuts each after a number of bytes in one of its directions. */
public final class CuttingRelay implements AutoCloseable {
    /** How a connection ends. */
    public enum How {
        FIN,
        RST,
        /** Nothing is passed on any more, in either direction, and nobody is told. */
        SILENCE
    }

    /**
     * When one ends.
     *
     * @param up whether the client's bytes are counted, or else the server's
     * @param after so many bytes
     */
    public record Cut(boolean up, long after, How how) {}

    private final ServerSocket listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private volatile boolean closed;
    private final InetSocketAddress server;
    private final IntFunction<Cut> cuts;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * @param cuts the cut of each connection, which are counted from 1; null: none
     */
    public CuttingRelay(InetSocketAddress server, IntFunction<Cut> cuts) throws IOException {
        this.server = server;
        this.cuts = cuts;
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens, as {@code host:port}. */
    public String address() {
        return listening.getInetAddress().getHostAddress() + ":" + listening.getLocalPort();
    }

    /** How many connections it has taken. */
    public int connections() {
        return connections.get();
    }

    /** How many bytes it has passed on to the server, or from it. */
    public long passed(boolean toServer) {
        return (toServer ? up : down).get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                Cut cut = cuts.apply(connections.incrementAndGet());
                Socket to = connect(client);
                if (to == null) {
                    continue;
                }
                open.add(to);
                if (closed) {
                    // after that has looked
                    open.forEach(CuttingRelay::reset);
                }
                Pair pair = new Pair(client, to, cut);
                start(() -> pair.pass(client, to, true));
                start(() -> pair.pass(to, client, false));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** Null where the server is not there, which its client sees as a reset. */
    private Socket connect(Socket client) {
        try {
            return new Socket(server.getAddress(), server.getPort());
        } catch (IOException e) {
            reset(client);
            open.remove(client);
            return null;
        }
    }

    private final class Pair {
        private final Socket client;
        private final Socket to;
        private final Cut cut;
        private volatile boolean silent;

        Pair(Socket client, Socket to, Cut cut) {
            this.client = client;
            this.to = to;
            this.cut = cut;
        }

        void pass(Socket from, Socket into, boolean isUp) {
            long left = cut != null && cut.up == isUp ? cut.after : Long.MAX_VALUE;
            byte[] bytes = new byte[16 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = into.getOutputStream();
                while (left > 0) {
                    int count = in.read(bytes, 0, (int) Math.min(bytes.length, left));
                    if (silent) {
                        return;
                    }
                    if (count < 0) {
                        into.shutdownOutput();
                        return;
                    }
                    out.write(bytes, 0, count);
                    (isUp ? up : down).addAndGet(count);
                    left -= count;
                }
                cut();
            } catch (IOException e) {
                if (!silent) {
                    end(true);
                }
            }
        }

        private void cut() {
            if (cut.how == How.SILENCE) {
                silent = true;
            } else {
                end(cut.how == How.RST);
            }
        }

        private void end(boolean reset) {
            for (Socket socket : List.of(client, to)) {
                if (reset) {
                    reset(socket);
                } else {
                    finish(socket);
                }
                open.remove(socket);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            // closed already
        }
        open.forEach(CuttingRelay::reset);
    }

    private static void finish(Socket socket) {
        try (socket) {
            socket.shutdownOutput();
        } catch (IOException e) {
            // closed already, or its output was shut down before
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
    }
}
