package org.restream.benchmarks.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.Peers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Held;
import org.restream.benchmarks.process.Proc;
import org.restream.benchmarks.process.Server;

/** Idle connections: the memory that they take, and how soon all are served. Each measurement has a new server. */
public final class Idle implements Experiment {
    /**
     * Flags for a heap that grows with live objects only, and not with garbage, so that the memory of connections
     * shows. With a smaller young generation, short-lived objects would be promoted.
     */
    static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xms16m", "-Xmn8m", "-Xmx2g");

    private static final double KIB = 1024;
    private static final double MIB = KIB * KIB;

    /** The index of the first column with a step. */
    public static final int FIRST_STEP = 3;

    /** Fewer than any step but the first, so that the memory they leave hardly matters for those that are counted. */
    private static final int SOME = 256;

    private final Peers peers;
    /** How many connections the server has served before, some at a time. */
    private final long before;
    /** How many connections are open at each step; the other columns are measured at the last step. */
    private final int[] steps;

    public Idle(Settings settings, Peers peers) {
        this.peers = peers;
        this.before = settings.scaled(20_000, SOME);
        this.steps = settings.quick() ? new int[] {10, 100} : new int[] {10, 1_000, 15_000};
    }

    @Override
    public String id() {
        return "idle";
    }

    @Override
    public String title() {
        return String.format(Locale.ROOT, "%,d connections held", steps[steps.length - 1]);
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>(List.of(
                Metric.less("KiB each", 2), Metric.less("s until all are served", 2), Metric.less("MiB with none", 0)));
        IntStream.of(steps)
                .mapToObj(step -> Metric.less("MiB more at " + step, 1))
                .forEach(metrics::add);
        return metrics;
    }

    @Override
    public List<String> entrants() {
        return peers.names(Growth::isShown);
    }

    /**
     * Brings the server into the state of one that has run for a while. The first connections load classes and allocate
     * shared buffers, and the stack of a waiting thread is several times as large before its code is compiled.
     */
    private void warmUp(Server server) throws Exception {
        for (long had = 0; had < before; had += SOME) {
            try (Held some = new Held(server.port(Task.HOLD))) {
                some.open(SOME);
                some.end();
            }
        }
    }

    /** How many connections are open in the columns from {@link #FIRST_STEP} on. */
    public int[] steps() {
        return steps.clone();
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        double[] values = new double[FIRST_STEP + steps.length];
        try (Server server = new Server(peers.named(entrant), FLAGS)) {
            if (!entrant.equals(Peers.FLOOR)) {
                warmUp(server);
            }
            long none = Proc.quietResidentBytes(server.pid());
            values[2] = none / MIB;
            try (Held held = new Held(server.port(Task.HOLD))) {
                double seconds = 0;
                for (int i = 0; i < steps.length; i++) {
                    seconds += held.open(steps[i]);
                    long more = Proc.quietResidentBytes(server.pid()) - none;
                    values[FIRST_STEP + i] = more / MIB;
                    values[0] = more / KIB / steps[i];
                }
                values[1] = seconds;
                held.end();
            }
        }
        return values;
    }
}
