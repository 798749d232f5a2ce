package org.restream.benchmarks.experiment;

import java.util.HashSet;
import java.util.Set;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.Peers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Server;
import org.restream.benchmarks.process.Servers;

/** Runs small exchanges until a JVM has compiled what they need, once for each server. */
public final class WarmUp {
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
        Load.run(server, Task.EXCHANGE, settings.quick() ? "-c 16 -u 64 -n 100" : "-c 64 -u 64 -t 6000");
    }
}
