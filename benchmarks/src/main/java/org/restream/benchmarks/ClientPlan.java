package org.restream.benchmarks;

import java.io.IOException;
import java.util.List;
import org.restream.benchmarks.experiment.ClientExchanges;
import org.restream.benchmarks.experiment.Commands;
import org.restream.benchmarks.experiment.Reconnects;
import org.restream.benchmarks.peer.ClientPeers;
import org.restream.benchmarks.peer.Jdk;
import org.restream.benchmarks.peer.Peer;
import org.restream.benchmarks.process.Clients;
import org.restream.benchmarks.process.Servers;

/** The measurements of clients. Their server is the one of the baseline, in C. */
final class ClientPlan {
    private ClientPlan() {}

    static List<Experiment> of(Settings settings, List<Jdk> jdks, Peer floor, Servers servers, Clients clients)
            throws IOException {
        ClientPeers peers = new ClientPeers(jdks);
        return List.of(
                new ClientExchanges(settings, peers, servers, floor, clients, 1),
                new ClientExchanges(settings, peers, servers, floor, clients, 64),
                new Reconnects(settings, peers, clients, 1),
                new Reconnects(settings, peers, clients, 100),
                new Reconnects(settings, peers, clients, 1_000),
                new Reconnects(settings, peers, clients, 5_000),
                new Commands(settings, jdks, servers, floor));
    }
}
