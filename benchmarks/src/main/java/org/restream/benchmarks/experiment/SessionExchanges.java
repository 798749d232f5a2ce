package org.restream.benchmarks.experiment;

import java.util.List;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.SessionPeers;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Pairs;

/** Small exchanges over one connection, with a fixed concurrency. */
public final class SessionExchanges implements Experiment {
    private final Settings settings;
    private final SessionPeers peers;
    private final Pairs pairs;
    private final int atATime;

    public SessionExchanges(Settings settings, SessionPeers peers, Pairs pairs, int atATime) {
        this.settings = settings;
        this.peers = peers;
        this.pairs = pairs;
        this.atATime = atATime;
    }

    @Override
    public String id() {
        return "session-exchanges-" + atATime;
    }

    @Override
    public String title() {
        return "Sessions: exchanges of 100 bytes each way, " + atATime + " at a time";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.more("exchanges/s", 0),
                Metric.less("CPU µs each, both ends", 1),
                Metric.less("p50 µs", 0),
                Metric.less("p99 µs", 0));
    }

    @Override
    public List<String> entrants() {
        return peers.small(
                peer -> peer.newest() || atATime == 64 || peer.isOneOf(SessionPeers.SESSION, SessionPeers.PLAIN));
    }

    @Override
    public String base() {
        return peers.newest(SessionPeers.PLAIN);
    }

    /** Warms up until it does not get faster; for 24 s at least, since so long a session's code is compiled better and better. */
    @Override
    public void warmUp(String entrant) throws Exception {
        if (settings.quick()) {
            run(entrant, 100);
        } else {
            Steady.await(40, 60, () -> run(entrant, 600)[1]);
        }
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        return run(entrant, settings.scaled(400, 100));
    }

    private double[] run(String entrant, long millis) throws Exception {
        Load done = pairs.of(peers.named(entrant)).ask("load " + atATime + " " + millis);
        double exchanges = done.get("exchanges");
        return new double[] {
            exchanges / done.get("seconds"), 1e6 * done.get("cpu_s") / exchanges, done.get("p50"), done.get("p99")
        };
    }
}
