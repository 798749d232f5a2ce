package org.restream.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps values to positions in a chart.
 *
 * @param title the title, with the unit
 * @param least the value at the start
 * @param most the value at the end
 * @param logarithmic whether it is logarithmic; otherwise linear
 */
public record Axis(String title, double least, double most, boolean logarithmic) {
    /** The position of a value, from 0 at the start to 1 at the end. */
    double place(double value) {
        if (logarithmic) {
            return Math.log(Math.max(value, least) / least) / Math.log(most / least);
        }
        return (value - least) / (most - least);
    }

    /** The values to label: powers of ten, or about five round numbers. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (double tick = Math.pow(10, Math.ceil(Math.log10(least) - 1e-9)); tick <= most * 1.001; tick *= 10) {
                ticks.add(tick);
            }
            return ticks;
        }
        double step = Math.pow(10, Math.floor(Math.log10(most - least)));
        while ((most - least) / step < 4) {
            step /= 2;
        }
        for (double tick = Math.ceil(least / step) * step; tick <= most * 1.001; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }

    static String label(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%s", (float) value);
    }
}
