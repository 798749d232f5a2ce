package org.restream.benchmarks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The measurements for one table. In each round all entrants are measured once, one after the other. */
public interface Experiment extends AutoCloseable {
    /** The id for the command line: {@code --only ID}. */
    String id();

    /** The table's heading. */
    String title();

    /** Whether it can be measured on this machine; if not, a message says why. */
    default boolean isPossible() throws Exception {
        return true;
    }

    /** The table's columns. */
    List<Metric> metrics();

    /** The table's rows. */
    List<String> entrants();

    /** The entrant by whose value in the first column the others are divided, in each round; null if there is none. */
    default @Nullable String base() {
        return null;
    }

    /** Warms an entrant up, before the first round. */
    default void warmUp(String entrant) throws Exception {}

    /** @return a value for each metric */
    double[] measure(String entrant) throws Exception;

    @Override
    default void close() {}
}
