package org.restream.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.restream.benchmarks.peer.Peers;

/** Runs an experiment: round by round, so that what else the machine does hits all entrants alike. */
final class Rounds {
    private final int count;

    Rounds(int count) {
        this.count = count;
    }

    Results run(Experiment experiment) throws Exception {
        Results results = new Results(experiment);
        for (String entrant : experiment.entrants()) {
            // the floor is compiled
            if (!entrant.equals(Peers.FLOOR)) {
                experiment.warmUp(entrant);
            }
        }
        List<String> order = new ArrayList<>(experiment.entrants());
        for (int round = 0; round < count; round++) {
            for (String entrant : order) {
                results.add(entrant, experiment.measure(entrant));
            }
            // none is always the one after the same neighbour
            Collections.rotate(order, 1);
        }
        return results;
    }
}
