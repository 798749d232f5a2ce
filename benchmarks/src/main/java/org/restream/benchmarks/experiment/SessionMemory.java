package org.restream.benchmarks.experiment;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.SessionPeers;
import org.restream.benchmarks.process.Pair;
import org.restream.benchmarks.process.Place;
import org.restream.benchmarks.process.Proc;

/** The server's memory for idle connections, or for open exchanges of one connection. Each measurement has a new server. */
public final class SessionMemory implements Experiment {
    private static final double KIB = 1024;

    /** Opened and ended before, so that what the first ones need is not counted. */
    private static final int SOME = 256;

    /** What a process needs of its open files for anything else. */
    private static final int OTHER_FILES = 1_000;

    /** On 17 each takes five threads in the two processes, of which Linux has 32,768 unless it is set up for more. */
    private static final int CONNECTIONS = 2_000;

    private static final int EXCHANGES = 10_000;

    private static final int ROUNDS = 3;

    private final Settings settings;
    private final SessionPeers peers;
    private final boolean idle;
    private final long count;

    /**
     * Either of them.
     *
     * @param idle whether to count idle connections; otherwise open exchanges
     */
    public SessionMemory(Settings settings, SessionPeers peers, boolean idle) throws IOException {
        this.settings = settings;
        this.peers = peers;
        this.idle = idle;
        this.count =
                Math.min(settings.scaled(idle ? CONNECTIONS : EXCHANGES, 100), Proc.openFilesLimit() - OTHER_FILES);
    }

    @Override
    public String id() {
        return idle ? "session-idle" : "session-open";
    }

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                idle ? "Sessions: %,d idle connections" : "Sessions: %,d open exchanges of one connection",
                count);
    }

    @Override
    public int rounds(int wanted) {
        return Math.min(wanted, ROUNDS);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.less("KiB each, at the server", 1),
                Metric.less("s until all are open", 2),
                Metric.less("MiB with none", 0));
    }

    @Override
    public List<String> entrants() {
        return peers.names(peer -> peer.isOneOf(SessionPeers.SESSION)
                || (peer.newest() && peer.isOneOf(SessionPeers.RSOCKET, SessionPeers.GRPC, SessionPeers.HTTP2))
                || (idle && peer.isOneOf(SessionPeers.NODE)));
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        try (Pair pair = new Pair(peers.named(entrant), Place.LOOPBACK, Idle.FLAGS, null)) {
            // the stack of a waiting thread is several times as large before its code is compiled
            pair.ask("load 64 " + settings.scaled(6_000, 50));
            pair.ask("connect " + SOME);
            pair.ask("connect 0");
            long before = Proc.quietResidentBytes(pair.serverPid());
            double seconds = pair.ask((idle ? "connect " : "hold ") + count).get("seconds");
            long after = Proc.quietResidentBytes(pair.serverPid());
            return new double[] {(after - before) / KIB / count, seconds, before / KIB / KIB};
        }
    }
}
