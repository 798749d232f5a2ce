package org.restream.benchmarks.process;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.restream.benchmarks.peer.Peer;

/** The server of each peer, started at its first use. An unused one takes nothing from the others. */
public final class Servers implements AutoCloseable {
    private final Map<Peer, Server> running = new LinkedHashMap<>();

    public Server of(Peer peer) throws IOException {
        Server server = running.get(peer);
        if (server == null) {
            server = new Server(peer, List.of());
            running.put(peer, server);
        }
        return server;
    }

    @Override
    public void close() {
        for (Server server : running.values()) {
            server.close();
        }
        running.clear();
    }
}
