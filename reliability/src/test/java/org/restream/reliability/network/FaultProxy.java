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
import org.restream.testing.ReservedPort;

/**
 * A TCP proxy on loopback that causes faults at an exact byte. It supports half-close, unless a fault says otherwise.
 */
final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress target;
    /** For the proxy's whole life, so that nobody else listens here while it refuses. */
    private final ReservedPort port = new ReservedPort();

    private final Queue<Fault> planned = new ConcurrentLinkedQueue<>();
    private final LinkedBlockingQueue<ProxiedConnection> made = new LinkedBlockingQueue<>();
    private final Set<ProxiedConnection> all = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listening;
    private volatile Thread acceptor;

    /** Listens at a free port; for each connection it makes one to the target. */
    FaultProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        listening = listen();
    }

    private ServerSocket listen() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port.number()), 1_000);
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
                // this proxy or the server is closed; then the client's side is closed too
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

    /** Plans a fault for the next connection. Later ones have none unless it is planned too. */
    void plan(Fault fault) {
        planned.add(fault);
    }

    /** Waits for the next connection. */
    ProxiedConnection connection() throws InterruptedException {
        ProxiedConnection next = made.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no connection came");
        }
        return next;
    }

    /** The last connection that was made. */
    ProxiedConnection last() throws InterruptedException {
        ProxiedConnection last = connection();
        for (ProxiedConnection next = made.poll(); next != null; next = made.poll()) {
            last = next;
        }
        return last;
    }

    /** Its address as {@code host:port}. */
    String address() {
        return port.address();
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress("127.0.0.1", port.number());
    }

    /** Refuses connections until {@link #acceptAgain}. */
    void refuse() throws Exception {
        listening.close();
        // the port is free only when the waiting accept has returned
        acceptor.join(10_000);
    }

    void acceptAgain() throws IOException {
        listening = listen();
    }

    /** Closes the remaining connections. */
    void clear() {
        all.forEach(ProxiedConnection::cut);
        all.clear();
        made.clear();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        port.close();
        clear();
    }
}
