package org.restream.benchmarks;

import java.io.IOException;
import java.util.List;
import org.restream.benchmarks.experiment.SessionAttacked;
import org.restream.benchmarks.experiment.SessionBeside;
import org.restream.benchmarks.experiment.SessionBulk;
import org.restream.benchmarks.experiment.SessionCut;
import org.restream.benchmarks.experiment.SessionExchanges;
import org.restream.benchmarks.experiment.SessionMemory;
import org.restream.benchmarks.experiment.SessionPlace;
import org.restream.benchmarks.peer.Bodies;
import org.restream.benchmarks.peer.Jdk;
import org.restream.benchmarks.peer.SessionPeers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Line;
import org.restream.benchmarks.process.Pairs;
import org.restream.benchmarks.process.Place;

/** The measurements of sessions, in which both ends are measured, and the processes for them. */
final class SessionPlan implements AutoCloseable {
    private final Line line = new Line();
    private final Pairs direct = Pairs.direct(Place.LOOPBACK);
    private final Pairs relayed = Pairs.relayed(Place.LOOPBACK);
    private final Pairs onLine = Pairs.direct(line);
    private final Pairs relayedOnLine = Pairs.relayed(line);

    List<Experiment> of(Settings settings, Bodies bodies, List<Jdk> jdks) throws IOException {
        SessionPeers peers = new SessionPeers(jdks, bodies.file());
        long bytes = bodies.fileBytes();
        return List.of(
                new SessionExchanges(settings, peers, direct, 1),
                new SessionExchanges(settings, peers, direct, 64),
                new SessionExchanges(settings, peers, direct, 512),
                new SessionBulk(settings, peers, direct, Task.UP, bytes),
                new SessionBulk(settings, peers, direct, Task.DOWN, bytes),
                new SessionBulk(settings, peers, direct, Task.FILE, bytes),
                new SessionBeside(settings, peers, SessionPlace.loopback(direct)),
                new SessionBeside(settings, peers, new SessionPlace(onLine, line)),
                new SessionAttacked(settings, peers, bodies.file()),
                new SessionMemory(settings, peers, true),
                new SessionMemory(settings, peers, false),
                new SessionCut(settings, peers, SessionPlace.loopback(relayed)),
                new SessionCut(settings, peers, new SessionPlace(relayedOnLine, line)));
    }

    @Override
    public void close() {
        for (Pairs pairs : List.of(direct, relayed, onLine, relayedOnLine)) {
            pairs.close();
        }
        line.close();
    }
}
