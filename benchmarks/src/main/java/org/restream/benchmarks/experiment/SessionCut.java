package org.restream.benchmarks.experiment;

import java.util.List;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.SessionPeers;
import org.restream.benchmarks.process.Load;

/** Small exchanges one after the other, while a relay resets the connection: how long until the next answer. */
public final class SessionCut implements Experiment {
    private static final int WARM_UPS = 8;

    private final Settings settings;
    private final SessionPeers peers;
    private final SessionPlace place;

    /**
     * For one place.
     *
     * @param place its systems have a relay each
     */
    public SessionCut(Settings settings, SessionPeers peers, SessionPlace place) {
        this.settings = settings;
        this.peers = peers;
        this.place = place;
    }

    @Override
    public String id() {
        return "session-cut-" + place.word();
    }

    @Override
    public String title() {
        return "Sessions: a cut, and the next answer, on " + place.text();
    }

    @Override
    public boolean isPossible() {
        return place.isPossible();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.less("ms until the next answer", 1), Metric.less("exchanges that failed", 0));
    }

    @Override
    public List<String> entrants() {
        return peers.names(peer -> peer.isOneOf(SessionPeers.SESSION)
                || (peer.newest() && peer.isOneOf(SessionPeers.GRPC, SessionPeers.NODE)));
    }

    @Override
    public void warmUp(String entrant) throws Exception {
        for (int i = 0; i < settings.scaled(WARM_UPS, 1); i++) {
            measure(entrant);
        }
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        Load done = place.pairs().of(peers.named(entrant)).cut("cut 200", 100);
        return new double[] {millis(done), done.get("failures")};
    }

    /** From the cut to the end of the exchange that took longest of those that ended after it. */
    private static double millis(Load done) {
        double at = done.get("at");
        double longest = 0;
        double ended = Double.NaN;
        for (int i = 0; done.values().containsKey("ended" + i); i++) {
            if (done.get("ended" + i) > at && done.get("took" + i) > longest) {
                longest = done.get("took" + i);
                ended = done.get("ended" + i);
            }
        }
        return (ended - at) / 1e6;
    }
}
