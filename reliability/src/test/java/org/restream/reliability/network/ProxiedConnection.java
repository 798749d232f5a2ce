package org.restream.reliability.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection through a proxy: two sockets, two directions. */
final class ProxiedConnection implements AutoCloseable {
    private final Side client;
    private final Side server;
    private final Pump up;
    private final Pump down;
    private final AtomicInteger running = new AtomicInteger(2);

    /** Connects to the server. */
    ProxiedConnection(Socket accepted, InetSocketAddress target, Fault fault) throws IOException {
        client = new Side(accepted);
        server = new Side(new Socket(target.getAddress(), target.getPort()));
        up = new Pump(Direction.UP, client, server, fault);
        down = new Pump(Direction.DOWN, server, client, fault);
        up.against(down);
        down.against(up);
    }

    void start() {
        start(up, "up");
        start(down, "down");
    }

    private void start(Pump pump, String name) {
        Thread thread = new Thread(
                () -> {
                    pump.run();
                    // a silent direction leaves the receiver's side open
                    if (running.decrementAndGet() == 0 && !up.isSilent() && !down.isSilent()) {
                        close();
                    }
                },
                "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    Pump up() {
        return up;
    }

    Pump down() {
        return down;
    }

    Pump pump(Direction direction) {
        return direction == Direction.UP ? up : down;
    }

    /** The client's port as the server sees it. */
    int portAtServer() {
        return server.localPort();
    }

    /** Resets whatever is still open. */
    void cut() {
        client.reset();
        server.reset();
        letGo();
    }

    /** Closes both sides. */
    @Override
    public void close() {
        client.close();
        server.close();
        letGo();
    }

    private void letGo() {
        up.resume();
        down.resume();
    }
}
