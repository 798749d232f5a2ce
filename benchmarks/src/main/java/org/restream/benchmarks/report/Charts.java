package org.restream.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.restream.benchmarks.Results;
import org.restream.benchmarks.Spread;
import org.restream.benchmarks.experiment.Crowd;
import org.restream.benchmarks.experiment.Growth;
import org.restream.benchmarks.experiment.Idle;

/** The charts of docs/benchmarks.svg: how things grow. */
final class Charts {
    private Charts() {}

    static List<String> of(Map<String, Results> results) {
        return Stream.of(
                        atATime(results),
                        memory(named(results, "idle")),
                        crowd(named(results, "crowd")),
                        sizes(named(results, "growth")))
                .toList();
    }

    private static Results named(Map<String, Results> results, String id) {
        return Objects.requireNonNull(results.get(id), id);
    }

    private static String atATime(Map<String, Results> results) {
        int[] steps = {1, 64, 1_024};
        List<Results> each = IntStream.of(steps)
                .mapToObj(n -> named(results, "exchanges-" + n))
                .toList();
        List<Series> lines = new ArrayList<>();
        for (String entrant : each.get(0).experiment().entrants()) {
            if (!entrant.endsWith("(17)")) {
                lines.add(new Series(
                        entrant,
                        IntStream.range(0, steps.length)
                                .mapToObj(i -> point(steps[i], each.get(i).spread(entrant, 0), 1))
                                .toList()));
            }
        }
        return Chart.of(
                "Exchanges of 64 bytes",
                new Axis("at a time", 1, 1_024, true),
                new Axis("a second", 0, most(lines), false),
                lines);
    }

    private static String memory(Results results) {
        Idle idle = (Idle) results.experiment();
        List<Series> lines = idle.entrants().stream()
                .map(entrant -> series(results, entrant, idle.steps(), Idle.FIRST_STEP, 1))
                .toList();
        return Chart.of(
                "Memory of idle connections",
                new Axis("connections", 10, 15_000, true),
                new Axis("MiB more than without", 0.01, most(lines), true),
                lines);
    }

    private static String crowd(Results results) {
        Crowd crowd = (Crowd) results.experiment();
        List<Series> lines = crowd.entrants().stream()
                .map(entrant -> series(results, entrant, crowd.steps(), 0, 1))
                .toList();
        return Chart.of(
                "Exchanges of 64 bytes, 64 at a time, in a crowd",
                new Axis("other connections held", 10, 15_000, true),
                new Axis("a second", 0, most(lines), false),
                lines);
    }

    private static String sizes(Results results) {
        Growth growth = (Growth) results.experiment();
        List<Series> lines = growth.entrants().stream()
                .map(entrant -> {
                    List<Series.Point> points = new ArrayList<>();
                    double[] mebibytes = growth.mebibytes();
                    for (int i = 0; i < mebibytes.length; i++) {
                        if (mebibytes[i] > 0) {
                            points.add(point(mebibytes[i] * 1_024, results.spread(entrant, i), mebibytes[i]));
                        }
                    }
                    return new Series(entrant, points);
                })
                .toList();
        return Chart.of(
                "One exchange after the other, by the size of its body",
                new Axis("KiB", 1, 1 << 20, true),
                new Axis("MiB/s", 1, most(lines), true),
                lines);
    }

    private static Series series(Results results, String entrant, int[] steps, int firstMetric, double factor) {
        return new Series(
                entrant,
                IntStream.range(0, steps.length)
                        .mapToObj(i -> point(steps[i], results.spread(entrant, firstMetric + i), factor))
                        .toList());
    }

    private static Series.Point point(double x, Spread spread, double factor) {
        return new Series.Point(x, spread.median() * factor, spread.min() * factor, spread.max() * factor);
    }

    private static double most(List<Series> lines) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Series.Point::most)
                .max()
                .orElse(1);
    }
}
