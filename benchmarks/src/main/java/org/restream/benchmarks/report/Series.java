package org.restream.benchmarks.report;

import java.util.List;

/**
 * A line in a chart.
 *
 * @param name the name in the legend
 * @param points from left to right
 */
public record Series(String name, List<Point> points) {
    /** A value, with its minimum and maximum. */
    public record Point(double x, double y, double least, double most) {}
}
