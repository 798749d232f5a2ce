package org.restream.benchmarks.experiment;

import java.util.List;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.SessionPeers;
import org.restream.benchmarks.process.Load;

/** Small exchanges, while large bodies go to the server: how long the small ones wait for the large ones. */
public final class SessionBeside implements Experiment {
    private static final int BULKS = 8;

    private final Settings settings;
    private final SessionPeers peers;
    private final SessionPlace place;

    public SessionBeside(Settings settings, SessionPeers peers, SessionPlace place) {
        this.settings = settings;
        this.peers = peers;
        this.place = place;
    }

    @Override
    public String id() {
        return "session-beside-" + place.word();
    }

    @Override
    public String title() {
        return "Sessions: small exchanges beside " + BULKS + " large bodies to the server, on " + place.text();
    }

    @Override
    public boolean isPossible() {
        return place.isPossible();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.less("p50 ms", 2), Metric.less("p99 ms", 2), Metric.more("MiB/s of the large ones", 1));
    }

    @Override
    public List<String> entrants() {
        return peers.whole(peer -> peer.newest() || (!place.isLine() && peer.isOneOf(SessionPeers.SESSION)));
    }

    @Override
    public void warmUp(String entrant) throws Exception {
        run(entrant, settings.scaled(place.isLine() ? 400 : 800, 100));
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        return run(entrant, settings.scaled(place.isLine() ? 1_200 : 400, 100));
    }

    private double[] run(String entrant, long millis) throws Exception {
        // on the line one at a time would be too few for a p99
        Load done = place.pairs()
                .of(peers.named(entrant))
                .ask("beside " + BULKS + " " + (place.isLine() ? 4 : 1) + " " + millis);
        return new double[] {done.get("p50") / 1e3, done.get("p99") / 1e3, done.get("bulk_mib")};
    }
}
