package org.restream.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one experiment found: for each entrant, the values of each round. */
public final class Results {
    private final Experiment experiment;
    private final Map<String, List<double[]>> rounds = new LinkedHashMap<>();

    Results(Experiment experiment) {
        this.experiment = experiment;
        experiment.entrants().forEach(entrant -> rounds.put(entrant, new ArrayList<>()));
    }

    void add(String entrant, double[] values) {
        roundsOf(entrant).add(values);
    }

    public Experiment experiment() {
        return experiment;
    }

    public Spread spread(String entrant, int metric) {
        return Spread.of(roundsOf(entrant).stream().mapToDouble(values -> values[metric]));
    }

    private List<double[]> roundsOf(String entrant) {
        List<double[]> found = rounds.get(entrant);
        if (found == null) {
            throw new IllegalArgumentException(experiment.id() + " has no entrant " + entrant);
        }
        return found;
    }
}
