package org.restream.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** A line chart, as a part of an SVG picture. Each point shows the spread of its rounds. */
public final class Chart {
    static final int WIDTH = 520;
    static final int HEIGHT = 360;

    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 88;
    private static final int BOTTOM = 50;
    private static final List<String> COLOURS =
            List.of("#000000", "#d62728", "#1f77b4", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b", "#17becf", "#7f7f7f");

    private final String title;
    private final Axis x;
    private final Axis y;
    private final StringBuilder svg = new StringBuilder();

    private Chart(String title, Axis x, Axis y) {
        this.title = title;
        this.x = x;
        this.y = y;
    }

    /** The chart, with its upper left corner at 0, 0. */
    public static String of(String title, Axis x, Axis y, List<Series> lines) {
        Chart chart = new Chart(title, x, y);
        chart.frame();
        for (int i = 0; i < lines.size(); i++) {
            chart.line(lines.get(i), COLOURS.get(i % COLOURS.size()), i);
        }
        return chart.svg.toString();
    }

    private void frame() {
        text(WIDTH / 2.0, 18, "middle", "bold", title);
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "normal", x.title());
        add("<g transform='rotate(-90 14 %.1f)'>", (TOP + HEIGHT - BOTTOM) / 2.0);
        text(14, (TOP + HEIGHT - BOTTOM) / 2.0, "middle", "normal", y.title());
        add("</g>");
        for (double tick : x.ticks()) {
            stroke(across(tick), TOP, across(tick), HEIGHT - BOTTOM, "#dddddd", 1);
            text(across(tick), HEIGHT - BOTTOM + 16, "middle", "normal", Axis.label(tick));
        }
        for (double tick : y.ticks()) {
            stroke(LEFT, up(tick), WIDTH - RIGHT, up(tick), "#dddddd", 1);
            text(LEFT - 6, up(tick) + 4, "end", "normal", Axis.label(tick));
        }
    }

    private void line(Series line, String colour, int index) {
        StringJoiner points = new StringJoiner(" ");
        for (Series.Point point : line.points()) {
            points.add(String.format(Locale.ROOT, "%.1f,%.1f", across(point.x()), up(point.y())));
            stroke(across(point.x()), up(point.least()), across(point.x()), up(point.most()), colour, 1);
            add("<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>", across(point.x()), up(point.y()), colour);
        }
        add("<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>", points, colour);
        int row = index / 3;
        double left = LEFT + index % 3 * 148.0;
        double top = 36 + row * 16.0;
        stroke(left, top, left + 14, top, colour, 3);
        text(left + 18, top + 4, "start", "normal", line.name());
    }

    private double across(double value) {
        return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT);
    }

    private double up(double value) {
        return HEIGHT - BOTTOM - y.place(value) * (HEIGHT - TOP - BOTTOM);
    }

    private void stroke(double x1, double y1, double x2, double y2, String colour, int width) {
        add("<path d='M%.1f %.1fL%.1f %.1f' stroke='%s' stroke-width='%d'/>", x1, y1, x2, y2, colour, width);
    }

    private void text(double left, double bottom, String anchor, String weight, String words) {
        add(
                "<text x='%.1f' y='%.1f' text-anchor='%s' font-weight='%s'>%s</text>",
                left, bottom, anchor, weight, words.replace("&", "&amp;").replace("<", "&lt;"));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
