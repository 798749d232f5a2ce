package org.restream.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.restream.benchmarks.peer.Peers;

/** Runs an experiment round by round, so that other load on the machine affects all entrants alike. */
final class Rounds {
    private final int count;

    Rounds(int count) {
        this.count = count;
    }

    Results run(Experiment experiment) throws Exception {
        Results results = new Results(experiment);
        for (String entrant : experiment.entrants()) {
            // the baseline is compiled ahead of time
            if (!entrant.equals(Peers.FLOOR)) {
                experiment.warmUp(entrant);
            }
        }
        List<String> order = new ArrayList<>(experiment.entrants());
        for (int round = 0; round < experiment.rounds(count); round++) {
            for (String entrant : order) {
                results.add(entrant, experiment.measure(entrant));
            }
            // change the order, so that no entrant always follows the same one
            Collections.rotate(order, 1);
        }
        return results;
    }
}
