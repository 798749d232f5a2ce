package org.restream.benchmarks.experiment;

import java.util.List;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.peer.Peers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Server;
import org.restream.benchmarks.process.Servers;

/** One large body on one connection. */
public final class Bulk implements Experiment {
    private static final double GIB = 1 << 30;

    private final Peers peers;
    private final Servers servers;
    private final Task task;
    private final long bytes;

    public Bulk(Peers peers, Servers servers, Task task, long bytes) {
        this.peers = peers;
        this.servers = servers;
        this.task = task;
        this.bytes = bytes;
    }

    @Override
    public String id() {
        return "bulk-" + task.word();
    }

    @Override
    public String title() {
        String direction = switch (task) {
            case UP -> "to the server";
            case DOWN -> "from the server's memory";
            case FILE -> "from the server's file";
            case ECHO -> "to the server and back, both at a time";
            default -> throw new IllegalStateException(task.word());
        };
        return String.format("A body of %,d MiB, %s", bytes >> 20, direction);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.more("GiB/s", 2), Metric.less("CPU s per GiB", 3));
    }

    @Override
    public List<String> entrants() {
        return peers.names(peer -> peer.serves(task) && (peer.newest() || peer.isOwn()));
    }

    @Override
    public String base() {
        return Peers.FLOOR;
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        Load load = load(entrant);
        return new double[] {bytes / GIB / load.get("seconds"), load.get("cpu_s") / (bytes / GIB)};
    }

    private Load load(String entrant) throws Exception {
        Server server = servers.of(peers.named(entrant));
        return switch (task) {
            case UP -> Load.run(server, task, "-n 1 -u %d -e count", bytes);
            case ECHO -> Load.run(server, task, "-n 1 -u %d -e echo", bytes);
            default -> Load.run(server, task, "-n 1 -e %d", bytes);
        };
    }
}
