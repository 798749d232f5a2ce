package org.restream.benchmarks.process;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.restream.benchmarks.peer.Peer;
import org.restream.benchmarks.peer.Task;

/** A running server. */
public final class Server implements AutoCloseable {
    private final Peer peer;
    private final Child child;
    private final Map<String, Double> ports;

    public Server(Peer peer, List<String> flags) throws IOException {
        this.peer = peer;
        this.child = new Child(peer.command(flags));
        this.ports = Load.said(child, "READY ").values();
    }

    public Peer peer() {
        return peer;
    }

    public long pid() {
        return child.pid();
    }

    public int port(Task task) {
        Double port = ports.get(task.word());
        if (port == null) {
            throw new IllegalArgumentException(peer.name() + " does not do " + task.word());
        }
        return port.intValue();
    }

    @Override
    public void close() {
        child.close();
    }
}
