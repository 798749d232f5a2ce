package org.restream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTableTest {
    @TempDir
    Path folder;

    @Test
    void whatWeReachedInEachRunStandsInOneRow() throws IOException {
        Files.writeString(
                folder.resolve("2026-01-02.md"),
                "# A run\n\n## Bulk\n\n| | of C | GiB/s |\n| - | -: | -: |\n| C | 1.00 | 2 |\n| restream (25) | 0.97 | 1 |\n");
        Files.writeString(
                folder.resolve("2026-01-01.md"),
                "## Bulk\n| | of C | GiB/s |\n| restream (25) | 0.90 | 1 |\n"
                        + "## Idle\n| | KiB | s |\n| restream (25) | 3 | 1 |\n"
                        + "## More\n| | of C | x |\n| restream (17) | 0.50 | 1 |\n");
        assertThat(RunsTable.of(folder).lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "| of the baseline, in the run of | 2026-01-01 | 2026-01-02 |",
                        "| Bulk: restream (25) | 0.90 | 0.97 |",
                        "| More: restream (17) | 0.50 | – |")
                .hasSize(4);
    }
}
