package org.restream.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * What the command line says.
 *
 * @param rounds how often everything is measured
 * @param quick a trial of everything, much too short for figures
 * @param only the ids of the experiments to run, or their beginnings; empty: all
 */
public record Settings(int rounds, boolean quick, List<String> only) {
    static Settings parse(String... args) {
        boolean quick = Arrays.asList(args).contains("--quick");
        int rounds = quick ? 1 : 5;
        List<String> only = List.of();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> {}
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                case "--only" -> only = List.of(args[++i].split(","));
                default ->
                    throw new IllegalArgumentException(
                            "unknown argument " + args[i] + ": there is --quick, --rounds N, --only ID,ID…");
            }
        }
        return new Settings(rounds, quick, only);
    }

    boolean wants(Experiment experiment) {
        return only.isEmpty() || only.stream().anyMatch(experiment.id()::startsWith);
    }

    /** Whether what is found is worth writing down. */
    boolean isWhole() {
        return !quick && only.isEmpty() && rounds >= 5;
    }

    /** A duration or amount, or a small part of it. */
    public long scaled(long full, long quickly) {
        return quick ? quickly : full;
    }
}
