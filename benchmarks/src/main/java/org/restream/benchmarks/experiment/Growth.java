package org.restream.benchmarks.experiment;

import java.util.List;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.Peer;
import org.restream.benchmarks.peer.Peers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Server;
import org.restream.benchmarks.process.Servers;

/** How the rate depends on the size of a body that is sent to the server, one exchange at a time. */
public final class Growth implements Experiment {
    /** The size of the bodies, and how many are sent one after the other. */
    private record Size(String name, long bytes, int times) {}

    private static final List<Size> SIZES = List.of(
            new Size("0", 0, 1_000),
            new Size("1 KiB", 1 << 10, 1_000),
            new Size("16 KiB", 1 << 14, 1_000),
            new Size("256 KiB", 1 << 18, 500),
            new Size("4 MiB", 1 << 22, 50),
            new Size("64 MiB", 1 << 26, 2),
            new Size("1 GiB", 1 << 30, 1));

    private static final double MIB = 1 << 20;

    private final Settings settings;
    private final Peers peers;
    private final Servers servers;
    private final List<Size> sizes;

    public Growth(Settings settings, Peers peers, Servers servers) {
        this.settings = settings;
        this.peers = peers;
        this.servers = servers;
        this.sizes = settings.quick() ? SIZES.subList(0, 4) : SIZES;
    }

    /** Whether the chart shows this peer: with all of them the curves would cover each other. */
    static boolean isShown(Peer peer) {
        return peer.newest() && peer.isOneOf("C epoll", "restream", "Netty epoll", "Node net");
    }

    @Override
    public String id() {
        return "growth";
    }

    @Override
    public String title() {
        return "Exchanges a second, one at a time, with a body of this size to the server";
    }

    @Override
    public List<Metric> metrics() {
        return sizes.stream()
                .map(size -> Metric.more(size.name, size.bytes < 1 << 22 ? 0 : 2))
                .toList();
    }

    /** The sizes of the columns, in MiB. */
    public double[] mebibytes() {
        return sizes.stream().mapToDouble(size -> size.bytes / MIB).toArray();
    }

    @Override
    public List<String> entrants() {
        return peers.names(Growth::isShown);
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        double[] rates = new double[sizes.size()];
        for (int i = 0; i < rates.length; i++) {
            Size size = sizes.get(i);
            long times = Math.max(1, settings.scaled(size.times, size.times / 20));
            Server server = servers.of(peers.named(entrant));
            Load load = Load.run(server, Task.UP, "-n %d -u %d -e count", times, size.bytes);
            rates[i] = load.get("rate");
        }
        return rates;
    }
}
