package org.restream.benchmarks.experiment;

import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.process.Line;
import org.restream.benchmarks.process.Pairs;

/**
 * Where an experiment with sessions runs.
 *
 * @param pairs the systems there
 * @param line null on loopback
 */
public record SessionPlace(Pairs pairs, @Nullable Line line) {
    public static SessionPlace loopback(Pairs pairs) {
        return new SessionPlace(pairs, null);
    }

    boolean isLine() {
        return line != null;
    }

    boolean isPossible() {
        return line == null || line.make();
    }

    /** For an experiment's id. */
    String word() {
        return isLine() ? "line" : "loopback";
    }

    /** For an experiment's title. */
    String text() {
        return isLine() ? "a line of 100 Mbit/s and 20 ms" : "loopback";
    }
}
