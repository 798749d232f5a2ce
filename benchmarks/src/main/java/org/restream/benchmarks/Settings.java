package org.restream.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * The settings from the command line.
 *
 * @param rounds the number of rounds
 * @param quick a trial run of everything, much too short for real figures
 * @param only the ids of the experiments to run, or their beginnings; empty: all
 * @param write whether to write these results into the document too
 */
public record Settings(int rounds, boolean quick, List<String> only, boolean write) {
    static Settings parse(String... args) {
        boolean quick = Arrays.asList(args).contains("--quick");
        boolean write = Arrays.asList(args).contains("--write");
        int rounds = quick ? 1 : 5;
        List<String> only = List.of();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick", "--write" -> {}
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                case "--only" -> only = List.of(args[++i].split(","));
                default ->
                    throw new IllegalArgumentException(
                            "unknown argument " + args[i] + ": there is --quick, --rounds N, --only ID,ID…, --write");
            }
        }
        return new Settings(rounds, quick, only, write);
    }

    boolean wants(Experiment experiment) {
        return only.isEmpty() || only.stream().anyMatch(experiment.id()::startsWith);
    }

    /** Whether all experiments are run. */
    public boolean isWhole() {
        return only.isEmpty();
    }

    /** Whether to write the results into the document. */
    boolean isWritten() {
        return !quick && rounds >= 5 && (isWhole() || write);
    }

    /** The full value, or the small one in a quick run. */
    public long scaled(long full, long quickly) {
        return quick ? quickly : full;
    }
}
