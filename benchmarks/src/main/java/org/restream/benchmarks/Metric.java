package org.restream.benchmarks;

/**
 * A column.
 *
 * @param name what it is, with its unit
 * @param decimals how many to show
 * @param moreIsBetter or less
 */
public record Metric(String name, int decimals, boolean moreIsBetter) {
    public static Metric more(String name, int decimals) {
        return new Metric(name, decimals, true);
    }

    public static Metric less(String name, int decimals) {
        return new Metric(name, decimals, false);
    }
}
