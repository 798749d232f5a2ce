package org.restream.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The results of an experiment: for each entrant, the values of each round. */
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

    /**
     * The first column of one entrant divided by another's, round by round, so that slow phases of the machine affect
     * both.
     */
    public Spread ratio(String entrant, String base) {
        List<double[]> own = roundsOf(entrant);
        List<double[]> others = roundsOf(base);
        return Spread.of(IntStream.range(0, own.size()).mapToDouble(i -> own.get(i)[0] / others.get(i)[0]));
    }

    private List<double[]> roundsOf(String entrant) {
        List<double[]> found = rounds.get(entrant);
        if (found == null) {
            throw new IllegalArgumentException(experiment.id() + " has no entrant " + entrant);
        }
        return found;
    }
}
