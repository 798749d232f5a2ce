package org.restream.benchmarks.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.ClientPeers;
import org.restream.benchmarks.process.Child;
import org.restream.benchmarks.process.Clients;
import org.restream.benchmarks.process.Load;

/**
 * A server resets all its clients' connections at once, stops listening, and listens again while they wait, each for
 * the same time. Measures how long after the end of the waits, and of the server's absence, they reconnect and have
 * their whole answers.
 */
public final class Reconnects implements Experiment {
    private static final Map<String, Metric> METRICS = new LinkedHashMap<>();

    static {
        METRICS.put("half", Metric.less("first byte from half, ms", 1));
        METRICS.put("all", Metric.less("from all, ms", 1));
        METRICS.put("served", Metric.less("all served, ms", 1));
    }

    private final ClientPeers peers;
    private final Clients clients;
    private final int count;
    private final long waitMillis;
    private final int warmUps;

    private @Nullable Child server;
    private int port;

    public Reconnects(Settings settings, ClientPeers peers, Clients clients, int count) {
        this.peers = peers;
        this.clients = clients;
        this.count = count;
        // long enough for the server to reset all of them
        waitMillis = count > 1_000 ? 500 : 150;
        warmUps = (int) settings.scaled(count > 1_000 ? 1 : 2, 1);
    }

    @Override
    public String id() {
        return "reconnect-" + count;
    }

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                "Reconnect: %,d client%s, a wait of %d ms each after the loss",
                count,
                count == 1 ? "" : "s",
                waitMillis);
    }

    @Override
    public List<Metric> metrics() {
        return List.copyOf(METRICS.values());
    }

    @Override
    public List<String> entrants() {
        List<String> entrants = new ArrayList<>(List.of(ClientPeers.FLOOR));
        // thousands of clients need too many platform threads
        entrants.addAll(
                count > 1_000
                        ? peers.names("restream (25", "Netty epoll (25", "Node")
                        : peers.names("restream", "blocking Socket (25", "Netty epoll (25", "Node"));
        return entrants;
    }

    @Override
    public void warmUp(String entrant) throws Exception {
        for (int i = 0; i < warmUps; i++) {
            measure(entrant);
        }
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        if (server == null) {
            server = new Child(List.of(Home.binary("revive")));
            port = (int) Load.said(server, "READY ").get("port");
        }
        boolean floor = entrant.equals(ClientPeers.FLOOR);
        Child client = clients.of(floor ? List.of(Home.binary("return")) : peers.command(entrant));
        server.tell(count + " " + waitMillis);
        Clients.ask(client, (floor ? "" : "return ") + port + " " + count + " " + waitMillis, "DONE");
        Load came = Load.said(server, "CAME ");
        return METRICS.keySet().stream().mapToDouble(came::get).toArray();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
