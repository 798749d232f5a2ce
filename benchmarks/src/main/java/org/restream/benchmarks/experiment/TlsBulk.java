package org.restream.benchmarks.experiment;

import java.util.List;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.peer.Peers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Server;
import org.restream.benchmarks.process.Servers;

/** One large body on one connection with TLS 1.3. */
public final class TlsBulk implements Experiment {
    private static final double GIB = 1 << 30;

    private final Peers peers;
    private final Servers servers;
    private final Task task;
    private final long bytes;

    public TlsBulk(Peers peers, Servers servers, Task task, long bytes) {
        this.peers = peers;
        this.servers = servers;
        this.task = task;
        this.bytes = bytes;
    }

    @Override
    public String id() {
        return task.word().replace('_', '-');
    }

    @Override
    public String title() {
        return String.format(
                "A body of %,d MiB over TLS 1.3, %s",
                bytes >> 20, task == Task.TLS_UP ? "to the server" : "from the server's memory");
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.more("GiB/s", 2), Metric.less("CPU s per GiB", 2));
    }

    @Override
    public List<String> entrants() {
        return peers.names(peer -> peer.serves(task));
    }

    /** A bare socket of the newest JDK. */
    @Override
    public String base() {
        return entrants().stream()
                .filter(name -> name.startsWith("SSLSocket"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        Load load = load(entrant);
        return new double[] {bytes / GIB / load.get("seconds"), load.get("cpu_s") / (bytes / GIB)};
    }

    private Load load(String entrant) throws Exception {
        Server server = servers.of(peers.named(entrant));
        return Load.of(
                entrant,
                List.of(
                        Home.binary("tls"),
                        "" + server.port(task),
                        "" + server.pid(),
                        task == Task.TLS_UP ? "up" : "down",
                        "" + bytes));
    }
}
