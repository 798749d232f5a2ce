package org.restream.benchmarks.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.Peers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Servers;

/** Small exchanges, each on its own connection, with a fixed concurrency. */
public final class Exchanges implements Experiment {
    private static final Map<String, Metric> METRICS = new LinkedHashMap<>();

    static {
        METRICS.put("rate", Metric.more("exchanges/s", 0));
        METRICS.put("cpu_us", Metric.less("CPU µs each", 1));
        METRICS.put("p50", Metric.less("p50 µs", 0));
        METRICS.put("p99", Metric.less("p99 µs", 0));
        METRICS.put("p999", Metric.less("p99.9 µs", 0));
    }

    private final Settings settings;
    private final Peers peers;
    private final Servers servers;
    private final WarmUp warmUp;
    private final int atATime;

    public Exchanges(Settings settings, Peers peers, Servers servers, WarmUp warmUp, int atATime) {
        this.settings = settings;
        this.peers = peers;
        this.servers = servers;
        this.warmUp = warmUp;
        this.atATime = atATime;
    }

    @Override
    public String id() {
        return "exchanges-" + atATime;
    }

    @Override
    public String title() {
        return "Exchanges of 64 bytes, " + atATime + " at a time";
    }

    @Override
    public List<Metric> metrics() {
        return List.copyOf(METRICS.values());
    }

    @Override
    public List<String> entrants() {
        return peers.names(peer -> peer.serves(Task.EXCHANGE) && (peer.newest() || atATime == 64));
    }

    /**
     * Warms up for this concurrency: another one takes other paths through the code, which the JVM has not compiled
     * yet.
     */
    @Override
    public void warmUp(String entrant) throws Exception {
        warmUp.of(entrant);
        load(entrant, settings.quick() ? "-n 100" : "-t 1500");
    }

    @Override
    public String base() {
        return Peers.FLOOR;
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        Load load = load(entrant, settings.quick() ? "-t 50" : "-w 50 -t 450");
        return METRICS.keySet().stream().mapToDouble(load::get).toArray();
    }

    private Load load(String entrant, String howLong) throws Exception {
        return Load.run(servers.of(peers.named(entrant)), Task.EXCHANGE, "-c %d -u 64 " + howLong, atATime);
    }
}
