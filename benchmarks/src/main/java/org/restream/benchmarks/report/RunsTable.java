package org.restream.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A table with what restream reached in each whole run that was kept, compared with the baseline in the same run. */
final class RunsTable {
    private static final String TITLE = "## ";
    private static final String OWN = "restream";

    private RunsTable() {}

    /** Makes it of all files in the folder, in the order of their names. */
    static String of(Path folder) throws IOException {
        TreeMap<String, Map<String, String>> runs = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".md")).toList()) {
                String name = file.getFileName().toString();
                runs.put(name.substring(0, name.length() - ".md".length()), ratios(Files.readAllLines(file)));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("of the baseline, in the run of"));
        head.addAll(runs.keySet());
        rows.add(head);
        runs.values().stream().flatMap(run -> run.keySet().stream()).distinct().forEach(key -> {
            List<String> row = new ArrayList<>(List.of(key));
            runs.values().forEach(run -> row.add(run.getOrDefault(key, "–")));
            rows.add(row);
        });
        return TextTable.align(rows);
    }

    /** The first figure of each row of ours, in each table whose first figure is the ratio. */
    private static Map<String, String> ratios(List<String> lines) {
        Map<String, String> found = new LinkedHashMap<>();
        String title = "";
        boolean isRatio = false;
        for (String line : lines) {
            if (line.startsWith(TITLE)) {
                title = line.substring(TITLE.length());
                isRatio = false;
            } else if (line.startsWith("|")) {
                List<String> cells = Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList();
                if (cells.get(0).isEmpty()) {
                    isRatio = cells.get(1).startsWith("of ");
                } else if (isRatio && cells.get(0).startsWith(OWN)) {
                    found.put(title + ": " + cells.get(0), cells.get(1));
                }
            }
        }
        return found;
    }
}
