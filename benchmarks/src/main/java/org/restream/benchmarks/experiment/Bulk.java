package org.restream.benchmarks.experiment;

import java.util.List;
import java.util.Locale;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.peer.Peers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Server;
import org.restream.benchmarks.process.Servers;

/** A large body on one connection, plain or with TLS 1.3. */
public final class Bulk implements Experiment {
    private static final double GIB = 1 << 30;

    /** After this many bodies a JVM encrypts and decrypts at full speed. */
    private static final int WARM_UP = 2;

    private final Peers peers;
    private final Servers servers;
    private final Task task;
    private final long bytes;
    private final boolean tls;

    public Bulk(Peers peers, Servers servers, Task task, long bytes) {
        this.peers = peers;
        this.servers = servers;
        this.task = task;
        this.bytes = bytes;
        this.tls = task == Task.TLS_UP || task == Task.TLS_DOWN;
    }

    @Override
    public String id() {
        return tls ? task.word().replace('_', '-') : "bulk-" + task.word();
    }

    @Override
    public String title() {
        String direction = switch (task) {
            case UP, TLS_UP -> "to the server";
            case DOWN, TLS_DOWN -> "from the server's memory";
            case FILE -> "from the server's file";
            case ECHO -> "to the server and back, both at a time";
            default -> throw new IllegalStateException(task.word());
        };
        return String.format(
                Locale.ROOT, "A body of %,d MiB%s, %s", bytes >> 20, tls ? " over TLS 1.3" : "", direction);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.more("GiB/s", 2), Metric.less("CPU s per GiB", 3));
    }

    @Override
    public List<String> entrants() {
        return peers.names(peer -> peer.serves(task) && (peer.newest() || peer.isOwn()));
    }

    /** With TLS the base is a bare SSLSocket of the newest JDK. */
    @Override
    public String base() {
        return tls
                ? peers.names(peer -> peer.newest() && peer.isOneOf("SSLSocket"))
                        .get(0)
                : Peers.FLOOR;
    }

    /** Warms up for TLS only: a plain body is long enough for a JVM to compile what it needs. */
    @Override
    public void warmUp(String entrant) throws Exception {
        for (int i = 0; tls && i < WARM_UP; i++) {
            load(entrant);
        }
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
            case TLS_UP -> tls(server, "up");
            case TLS_DOWN -> tls(server, "down");
            default -> Load.run(server, task, "-n 1 -e %d", bytes);
        };
    }

    private Load tls(Server server, String direction) throws Exception {
        return Load.of(
                server.peer().name(),
                List.of(Home.binary("tls"), "" + server.port(task), "" + server.pid(), direction, "" + bytes));
    }
}
