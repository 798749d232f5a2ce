package org.restream.benchmarks.experiment;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.Peers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Held;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Server;
import org.restream.benchmarks.process.Servers;

/** How the rate of small exchanges, 64 at a time, depends on the number of other open connections. */
public final class Crowd implements Experiment {
    private final Settings settings;
    private final Peers peers;
    private final Servers servers;
    private final WarmUp warmUp;
    private final int[] steps;

    public Crowd(Settings settings, Peers peers, Servers servers, WarmUp warmUp) {
        this.settings = settings;
        this.peers = peers;
        this.servers = servers;
        this.warmUp = warmUp;
        this.steps = settings.quick() ? new int[] {10, 100} : new int[] {10, 1_000, 15_000};
    }

    @Override
    public String id() {
        return "crowd";
    }

    @Override
    public String title() {
        return "Exchanges of 64 bytes a second, 64 at a time, while so many other connections are held";
    }

    @Override
    public List<Metric> metrics() {
        return IntStream.of(steps)
                .mapToObj(step -> Metric.more(String.format(Locale.ROOT, "%,d", step), 0))
                .toList();
    }

    @Override
    public List<String> entrants() {
        return peers.names(Growth::isShown);
    }

    /** The numbers of connections, one for each column. */
    public int[] steps() {
        return steps.clone();
    }

    @Override
    public void warmUp(String entrant) throws Exception {
        warmUp.of(entrant);
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        Server server = servers.of(peers.named(entrant));
        double[] rates = new double[steps.length];
        try (Held held = new Held(server.port(Task.HOLD))) {
            for (int i = 0; i < steps.length; i++) {
                held.open(steps[i]);
                Load load = Load.run(
                        server, Task.EXCHANGE, settings.quick() ? "-c 64 -u 64 -t 50" : "-c 64 -u 64 -w 50 -t 300");
                rates[i] = load.get("rate");
            }
            held.end();
        }
        return rates;
    }
}
