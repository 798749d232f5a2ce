package org.restream.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Results;

/** Formats results as a Markdown table that is also readable in a terminal. */
public final class TextTable {
    private TextTable() {}

    public static String of(Results results) {
        List<Metric> metrics = results.experiment().metrics();
        List<List<String>> rows = new ArrayList<>();
        String base = results.experiment().base();
        List<String> head = new ArrayList<>(List.of(""));
        metrics.forEach(metric -> head.add(metric.name()));
        if (base != null) {
            head.add(1, "of " + base);
        }
        rows.add(head);
        for (String entrant : results.experiment().entrants()) {
            List<String> row = new ArrayList<>(List.of(entrant));
            for (int i = 0; i < metrics.size(); i++) {
                row.add(results.spread(entrant, i).show(metrics.get(i).decimals()));
            }
            if (base != null) {
                row.add(1, results.ratio(entrant, base).show(2));
            }
            rows.add(row);
        }
        return align(rows);
    }

    /** Aligns the cells of a table, whose first row is its head. */
    static String align(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder out = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            for (int i = 0; i < widths.length; i++) {
                String cell = rows.get(r).get(i);
                String space = " ".repeat(widths[i] - cell.length());
                out.append("| ").append(i == 0 ? cell + space : space + cell).append(' ');
            }
            out.append("|\n");
            if (r == 0) {
                for (int i = 0; i < widths.length; i++) {
                    out.append("| ")
                            .append("-".repeat(widths[i] - 1))
                            .append(i == 0 ? "-" : ":")
                            .append(' ');
                }
                out.append("|\n");
            }
        }
        return out.toString();
    }
}
