package org.restream.benchmarks.experiment;

import java.util.List;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.SessionPeers;
import org.restream.benchmarks.process.Line;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Pairs;

/** Small exchanges, while large bodies go to the server: how long the small ones wait for the large ones. */
public final class SessionBeside implements Experiment {
    private static final int BULKS = 8;

    private final Settings settings;
    private final SessionPeers peers;
    private final Pairs pairs;
    private final Line line;
    private final boolean onLine;

    /**
     * On loopback, or on a line.
     *
     * @param pairs the systems there
     */
    public SessionBeside(Settings settings, SessionPeers peers, Pairs pairs, Line line, boolean onLine) {
        this.settings = settings;
        this.peers = peers;
        this.pairs = pairs;
        this.line = line;
        this.onLine = onLine;
    }

    @Override
    public String id() {
        return "session-beside-" + (onLine ? "line" : "loopback");
    }

    @Override
    public String title() {
        return "Sessions: small exchanges beside " + BULKS + " large bodies to the server, on "
                + (onLine ? "a line of 100 Mbit/s and 20 ms" : "loopback");
    }

    @Override
    public boolean isPossible() throws InterruptedException {
        return !onLine || line.make();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.less("p50 ms", 2), Metric.less("p99 ms", 2), Metric.more("MiB/s of the large ones", 1));
    }

    @Override
    public List<String> entrants() {
        return peers.names(peer -> peer.newest()
                || !onLine && peer.isOneOf(SessionPeers.SESSION));
    }

    @Override
    public void warmUp(String entrant) throws Exception {
        run(entrant, settings.scaled(onLine ? 400 : 1_500, 100));
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        return run(entrant, settings.scaled(onLine ? 1_600 : 600, 100));
    }

    private double[] run(String entrant, long millis) throws Exception {
        // on the line one at a time would be too few for a p99
        Load done = pairs.of(peers.named(entrant))
                .ask("beside " + BULKS + " " + (onLine ? 4 : 1) + " " + millis);
        return new double[] {done.get("p50") / 1e3, done.get("p99") / 1e3, done.get("bulk_mib")};
    }
}
