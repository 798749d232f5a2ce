package org.restream.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.Results;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.Jdk;

/** Writes the results into docs/benchmarks.md, the charts beside it, and a whole run into a file of its own too. */
public final class Report {
    private Report() {}

    public static void write(Map<String, Results> results, List<Jdk> jdks, Settings settings, Duration took)
            throws IOException {
        Path docs = Home.benchmarks().toAbsolutePath().resolveSibling("docs");
        Document document = new Document(docs.resolve("benchmarks.md"));
        String run = String.format(
                Locale.ROOT,
                "- %d rounds on %s%s%n",
                settings.rounds(),
                LocalDate.now(ZoneOffset.UTC),
                settings.isWhole()
                        ? String.format(Locale.ROOT, ", which took %d min %d s", took.toMinutes(), took.toSecondsPart())
                        : ", not all tables in one run");
        document.put("machine", Machine.describe(jdks) + run);
        for (Map.Entry<String, Results> result : results.entrySet()) {
            document.put(result.getKey(), TextTable.of(result.getValue()));
        }
        if (settings.isWhole()) {
            document.put(
                    "charts",
                    "![Charts of rates and memory against connections, and of throughput against the size of a body]"
                            + "(benchmarks.svg)");
            Picture.write(docs.resolve("benchmarks.svg"), Charts.of(results));
            Path runs = Home.benchmarks().toAbsolutePath().resolve("runs");
            RunFile.write(runs, LocalDateTime.now(ZoneOffset.UTC), results.values());
            document.put("runs", RunsTable.of(runs));
        }
        document.write();
    }
}
