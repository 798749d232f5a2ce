package org.restream.benchmarks.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.ClientPeers;
import org.restream.benchmarks.peer.Peer;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Child;
import org.restream.benchmarks.process.Clients;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Proc;
import org.restream.benchmarks.process.Server;
import org.restream.benchmarks.process.Servers;

/**
 * Small exchanges of one client process, each on its own connection, with a fixed concurrency; the server is the
 * baseline's.
 */
public final class ClientExchanges implements Experiment {
    private final Settings settings;
    private final ClientPeers peers;
    private final Servers servers;
    private final Peer floor;
    private final Clients clients;
    private final int atATime;
    private @Nullable Child http;
    private int httpPort;

    public ClientExchanges(
            Settings settings, ClientPeers peers, Servers servers, Peer floor, Clients clients, int atATime) {
        this.settings = settings;
        this.peers = peers;
        this.servers = servers;
        this.floor = floor;
        this.clients = clients;
        this.atATime = atATime;
    }

    @Override
    public String id() {
        return "client-exchanges-" + atATime;
    }

    @Override
    public String title() {
        return "Clients: exchanges of 64 bytes begun by one process, " + atATime + " at a time";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.more("exchanges/s", 0), Metric.less("CPU µs each", 1));
    }

    @Override
    public List<String> entrants() {
        List<String> entrants = new ArrayList<>(List.of(ClientPeers.FLOOR));
        entrants.addAll(peers.names("restream", "blocking", "Netty epoll (25", ClientPeers.HTTP + " (25", "Node"));
        return entrants;
    }

    @Override
    public String base() {
        return ClientPeers.FLOOR;
    }

    @Override
    public void warmUp(String entrant) throws Exception {
        if (atATime == 1) {
            // in the first of these tables, for all of them
            warmUp(entrant, 64, 4);
        }
        // one at a time there are few exchanges, and a JVM compiles only after a number of calls
        warmUp(entrant, atATime, atATime == 1 ? 5 : 2);
    }

    private void warmUp(String entrant, int concurrency, int leastSeconds) throws Exception {
        if (settings.quick()) {
            run(entrant, concurrency, 100);
        } else {
            Steady.await(leastSeconds, 8, () -> run(entrant, concurrency, 1_000)[1]);
        }
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        return run(entrant, atATime, settings.scaled(500, 100));
    }

    private double[] run(String entrant, int concurrency, long millis) throws Exception {
        Server server = servers.of(floor);
        if (entrant.equals(ClientPeers.FLOOR)) {
            // here the load generator is what is measured
            Load load = Load.run(server, Task.EXCHANGE, "-c %d -u 64 -w 0 -t %d -m 0", concurrency, millis);
            return new double[] {load.get("rate"), 1e6 * load.get("load_cpu_s") / load.get("exchanges")};
        }
        Child client = clients.of(peers.command(entrant));
        int port = entrant.startsWith(ClientPeers.HTTP) ? httpPort() : server.port(Task.EXCHANGE);
        double before = Proc.cpuSeconds(client.pid());
        Load done = Clients.ask(client, "load " + port + " " + concurrency + " " + millis, "DONE");
        double cpu = Proc.cpuSeconds(client.pid()) - before;
        double exchanges = done.get("exchanges");
        return new double[] {exchanges / done.get("seconds"), 1e6 * cpu / exchanges};
    }

    private int httpPort() throws IOException {
        if (http == null) {
            http = new Child(List.of(Home.binary("http")));
            httpPort = (int) Load.said(http, "READY ").get("port");
        }
        return httpPort;
    }

    @Override
    public void close() {
        if (http != null) {
            http.close();
        }
    }
}
