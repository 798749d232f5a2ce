package org.restream.benchmarks;

import java.util.List;
import org.restream.benchmarks.experiment.Bulk;
import org.restream.benchmarks.experiment.Crowd;
import org.restream.benchmarks.experiment.Exchanges;
import org.restream.benchmarks.experiment.Growth;
import org.restream.benchmarks.experiment.Idle;
import org.restream.benchmarks.experiment.WarmUp;
import org.restream.benchmarks.peer.Bodies;
import org.restream.benchmarks.peer.Peers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Servers;

/** All measurements, in the order in which they are run and shown. */
final class Plan {
    private Plan() {}

    static List<Experiment> of(Settings settings, Bodies bodies, Peers peers, Servers servers) {
        WarmUp warmUp = new WarmUp(settings, peers, servers);
        return List.of(
                new Exchanges(settings, peers, servers, warmUp, 1),
                new Exchanges(settings, peers, servers, warmUp, 64),
                new Exchanges(settings, peers, servers, warmUp, 1_024),
                new Bulk(peers, servers, Task.UP, bodies.bytes()),
                new Bulk(peers, servers, Task.DOWN, bodies.bytes()),
                new Bulk(peers, servers, Task.FILE, bodies.fileBytes()),
                new Bulk(peers, servers, Task.ECHO, bodies.bytes() / 4),
                new Bulk(peers, servers, Task.TLS_UP, bodies.bytes() / Bodies.TLS_PART),
                new Bulk(peers, servers, Task.TLS_DOWN, bodies.bytes() / Bodies.TLS_PART),
                new Idle(settings, peers),
                new Crowd(settings, peers, servers, warmUp),
                new Growth(settings, peers, servers));
    }
}
