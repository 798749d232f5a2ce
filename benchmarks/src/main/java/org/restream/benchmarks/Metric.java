package org.restream.benchmarks;

/**
 * A column of a table.
 *
 * @param name its name, with the unit
 * @param decimals how many to show
 * @param moreIsBetter whether a larger value is better
 */
public record Metric(String name, int decimals, boolean moreIsBetter) {
    public static Metric more(String name, int decimals) {
        return new Metric(name, decimals, true);
    }

    public static Metric less(String name, int decimals) {
        return new Metric(name, decimals, false);
    }
}
