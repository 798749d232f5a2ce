package org.restream.benchmarks.experiment;

import java.util.List;
import java.util.Locale;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.SessionPeers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Pairs;

/** One large body over a connection that could carry others too. */
public final class SessionBulk implements Experiment {
    private static final double MIB = 1 << 20;

    private final Settings settings;
    private final SessionPeers peers;
    private final Pairs pairs;
    private final Task task;
    private final long bytes;

    public SessionBulk(Settings settings, SessionPeers peers, Pairs pairs, Task task, long bytes) {
        this.settings = settings;
        this.peers = peers;
        this.pairs = pairs;
        this.task = task;
        this.bytes = bytes;
    }

    @Override
    public String id() {
        return "session-bulk-" + task.word();
    }

    @Override
    public String title() {
        String direction = switch (task) {
            case UP -> "to the server";
            case DOWN -> "from the server's memory";
            case FILE -> "from the server's file";
            default -> throw new IllegalStateException(task.word());
        };
        return String.format(Locale.ROOT, "Sessions: a body of %,d MiB, %s", bytes >> 20, direction);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.more("MiB/s", 0), Metric.less("CPU s per GiB, both ends", 3));
    }

    @Override
    public List<String> entrants() {
        return peers.large(peer -> peer.isOneOf(SessionPeers.SESSION, SessionPeers.PLAIN)
                // a file's bytes that the kernel copies have none
                || (peer.newest() && !(task == Task.FILE && peer.isOneOf(SessionPeers.SUMMED))));
    }

    @Override
    public String base() {
        return peers.newest(SessionPeers.PLAIN);
    }

    /** Warms up until it does not get faster; a body or two would be over before the JVM has compiled what they need. */
    @Override
    public void warmUp(String entrant) throws Exception {
        if (settings.quick()) {
            measure(entrant);
        } else {
            Steady.await(60, 100, () -> measure(entrant)[1]);
        }
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        Load done = pairs.of(peers.named(entrant)).ask(task.word() + " " + bytes);
        return new double[] {bytes / MIB / done.get("seconds"), done.get("cpu_s") * MIB * 1024 / bytes};
    }
}
