package org.restream.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import org.restream.benchmarks.Results;

/** Keeps the tables of one whole run in a file of its own, named after the time at which the run ended. */
final class RunFile {
    private RunFile() {}

    /**
     * Writes it.
     *
     * @param at when the run ended, in UTC
     */
    static void write(Path folder, LocalDateTime at, Collection<Results> results) throws IOException {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "# A whole run of ./benchmarks/compare: %s UTC%n%nThe tables as the program printed them."
                        + " docs/benchmarks.md explains them.%n",
                DateTimeFormatter.ofPattern("yyyy-MM-dd, HH:mm").format(at)));
        for (Results result : results) {
            text.append(String.format(
                    Locale.ROOT, "%n## %s%n%n%s", result.experiment().title(), TextTable.of(result)));
        }
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm").format(at) + ".md"), text);
    }
}
