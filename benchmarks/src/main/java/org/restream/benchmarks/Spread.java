package org.restream.benchmarks;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** Minimum, median and maximum of the values of all rounds. */
public record Spread(double min, double median, double max) {
    public static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** The median, with the minimum and maximum in brackets. */
    public String show(int decimals) {
        String number = "%,." + decimals + "f";
        return String.format(Locale.ROOT, number + " (" + number + "–" + number + ")", median, min, max);
    }
}
