package org.restream.benchmarks.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.peer.SessionPeer;
import org.restream.benchmarks.peer.Task;

/** A server and its client, which both run. */
public final class Pair implements AutoCloseable {
    private final Child server;
    private final @Nullable Child relay;
    private final Child client;
    private final int port;

    /**
     * Starts both.
     *
     * @param flags for the server's JVM
     * @param relayCommand starts a relay between them, if it is given an address and a port; null for none
     */
    public Pair(SessionPeer peer, Place place, List<String> flags, @Nullable List<String> relayCommand)
            throws IOException {
        server = new Child(place.server(peer.server(flags, place.address())));
        port = port(server);
        if (relayCommand == null) {
            relay = null;
            client = new Child(place.client(peer.client(place.address(), port)));
        } else {
            List<String> command = new ArrayList<>(relayCommand);
            command.addAll(List.of(place.address(), "" + port));
            relay = new Child(place.client(command));
            client = new Child(place.client(peer.client("127.0.0.1", port(relay))));
        }
        client.line("READY");
    }

    private static int port(Child child) throws IOException {
        return (int) Load.said(child, "READY ").get(Task.EXCHANGE.word());
    }

    /** Lets the client do something, and returns what came of it, with the CPU seconds of both processes. */
    public Load ask(String question) throws IOException {
        double before = cpuSeconds();
        Load done = Clients.ask(client, question, "DONE");
        done.values().put("cpu_s", cpuSeconds() - before);
        return done;
    }

    /** Like {@link #ask}, but cuts the connection meanwhile; with the time of the cut, {@code at}. */
    public Load cut(String question, long afterMillis) throws IOException, InterruptedException {
        client.tell(question);
        Thread.sleep(afterMillis);
        double at = Clients.ask(Objects.requireNonNull(relay), "cut", "DONE").get("at");
        Load done = Load.said(client, "DONE");
        done.values().put("at", at);
        return done;
    }

    /** Where the server listens. */
    public int port() {
        return port;
    }

    public long serverPid() {
        return server.pid();
    }

    private double cpuSeconds() throws IOException {
        return Proc.cpuSeconds(server.pid()) + Proc.cpuSeconds(client.pid());
    }

    @Override
    public void close() {
        client.close();
        if (relay != null) {
            relay.close();
        }
        server.close();
    }
}
