package org.restream.benchmarks.report;

import java.util.List;

/**
 * A line in a chart.
 *
 * @param name in the legend
 * @param points from left to right
 */
public record Series(String name, List<Point> points) {
    /** A value, and between what it lay. */
    public record Point(double x, double y, double least, double most) {}
}
