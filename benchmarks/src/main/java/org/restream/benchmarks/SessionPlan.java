package org.restream.benchmarks;

import java.util.List;
import org.restream.benchmarks.experiment.SessionBulk;
import org.restream.benchmarks.experiment.SessionExchanges;
import org.restream.benchmarks.peer.Bodies;
import org.restream.benchmarks.peer.Jdk;
import org.restream.benchmarks.peer.SessionPeers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Pairs;
import org.restream.benchmarks.process.Place;

/** The measurements of sessions, in which both ends are measured, and the processes for them. */
final class SessionPlan implements AutoCloseable {
    private final Pairs direct = Pairs.direct(Place.LOOPBACK);

    List<Experiment> of(Settings settings, Bodies bodies, List<Jdk> jdks) {
        SessionPeers peers = new SessionPeers(jdks, bodies.file());
        long bytes = bodies.fileBytes();
        return List.of(
                new SessionExchanges(settings, peers, direct, 1),
                new SessionExchanges(settings, peers, direct, 64),
                new SessionExchanges(settings, peers, direct, 512),
                new SessionBulk(settings, peers, direct, Task.UP, bytes),
                new SessionBulk(settings, peers, direct, Task.DOWN, bytes),
                new SessionBulk(settings, peers, direct, Task.FILE, bytes));
    }

    @Override
    public void close() {
        direct.close();
    }
}
