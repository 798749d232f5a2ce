package org.restream.benchmarks.experiment;

import java.util.HashSet;
import java.util.Set;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.Peers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Server;
import org.restream.benchmarks.process.Servers;

/** Small exchanges until a server gets no better at them, as a JVM has compiled what they need; once for each server. */
public final class WarmUp {
    private static final int MOST_SECONDS = 8;
    /** It has got better where it takes so much less CPU than before. */
    private static final double BETTER = 0.95;
    /** After so many seconds in which it has not, it will not. */
    private static final int NO_MORE = 2;

    private final Settings settings;
    private final Peers peers;
    private final Servers servers;
    private final Set<String> warm = new HashSet<>();

    public WarmUp(Settings settings, Peers peers, Servers servers) {
        this.settings = settings;
        this.peers = peers;
        this.servers = servers;
    }

    void of(String entrant) throws Exception {
        if (!warm.add(entrant)) {
            return;
        }
        Server server = servers.of(peers.named(entrant));
        if (settings.quick()) {
            Load.run(server, Task.EXCHANGE, "-c 16 -u 64 -n 100");
            return;
        }
        double least = Double.MAX_VALUE;
        int same = 0;
        for (int second = 0; second < MOST_SECONDS && same < NO_MORE; second++) {
            double cpu = Load.run(server, Task.EXCHANGE, "-c 64 -u 64 -t 1000").get("cpu_us");
            same = cpu < least * BETTER ? 0 : same + 1;
            least = Math.min(least, cpu);
        }
        // one at a time may go another way through a server
        Load.run(server, Task.EXCHANGE, "-c 1 -u 64 -t 1000");
    }
}
