package org.restream.benchmarks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One table: what is measured, and of whom. Measured once in each round, the entrants one after the other. */
public interface Experiment extends AutoCloseable {
    /** For the command line: {@code --only ID}. */
    String id();

    /** The table's heading. */
    String title();

    /** The table's columns. */
    List<Metric> metrics();

    /** The table's rows. */
    List<String> entrants();

    /** The entrant that the first column of the others is divided by, in each round; null where none is. */
    default @Nullable String base() {
        return null;
    }

    /** Before the first round, for each entrant: whatever lets it be at its best. */
    default void warmUp(String entrant) throws Exception {}

    /** @return a value for each metric */
    double[] measure(String entrant) throws Exception;

    @Override
    default void close() {}
}
