package org.restream.reliability.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.restream.reliability.network.Fault.Kind;

/** A TCP proxy on loopback that does harm on command, exact to the byte. It knows half-close, unless told otherwise. */
final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress target;
    private final int port;
    private final Queue<Fault> planned = new ConcurrentLinkedQueue<>();
    private final LinkedBlockingQueue<ProxiedConnection> made = new LinkedBlockingQueue<>();
    private final Set<ProxiedConnection> all = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listening;
    private volatile Thread acceptor;

    /** Accepts at a free port; each connection gets one to the target. */
    FaultProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        listening = listen(0);
        port = listening.getLocalPort();
    }

    private ServerSocket listen(int at) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), at), 1_000);
        acceptor = new Thread(() -> acceptAll(socket), "proxy");
        acceptor.setDaemon(true);
        acceptor.start();
        return socket;
    }

    private void acceptAll(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                connect(socket.accept());
            } catch (IOException e) {
                // closed, or the server is: then the client's side is, too
            }
        }
    }

    private void connect(Socket accepted) throws IOException {
        Fault next = planned.poll();
        Fault fault = next == null ? Fault.NONE : next;
        if (fault.is(Kind.DROP)) {
            accepted.close();
            return;
        }
        try {
            ProxiedConnection connection = new ProxiedConnection(accepted, target, fault);
            all.add(connection);
            made.add(connection);
            connection.start();
        } catch (IOException e) {
            accepted.close();
            throw e;
        }
    }

    /** What is done to the connection that comes next; to those after it nothing, unless that is planned too. */
    void plan(Fault fault) {
        planned.add(fault);
    }

    /** The next connection that was made. */
    ProxiedConnection connection() throws InterruptedException {
        ProxiedConnection next = made.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no connection came");
        }
        return next;
    }

    /** The last that was made. */
    ProxiedConnection last() throws InterruptedException {
        ProxiedConnection last = connection();
        for (ProxiedConnection next = made.poll(); next != null; next = made.poll()) {
            last = next;
        }
        return last;
    }

    /** As {@code host:port}. */
    String address() {
        return "127.0.0.1:" + port;
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** Refuses those who come, until {@link #acceptAgain}. */
    void refuse() throws Exception {
        listening.close();
        // the system gives the port back only when the accept that waits at it has returned
        acceptor.join(10_000);
    }

    void acceptAgain() throws IOException {
        listening = listen(port);
    }

    /** Lets go of what is left of the connections. */
    void clear() {
        all.forEach(ProxiedConnection::cut);
        all.clear();
        made.clear();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        clear();
    }
}
