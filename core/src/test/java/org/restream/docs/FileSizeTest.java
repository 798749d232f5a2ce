package org.restream.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One idea per file: no source file has more than 250 lines, and half of them have fewer than 90. */
class FileSizeTest {
    private static final int MAX_LINES = 250;
    private static final int MAX_MEDIAN = 90;

    @Test
    void files_are_small() throws IOException {
        Map<Path, Integer> lines = lines();
        assertThat(lines).hasSizeGreaterThan(200);
        assertThat(lines).allSatisfy((file, count) -> assertThat(count).isLessThanOrEqualTo(MAX_LINES));
        List<Integer> sorted = lines.values().stream().sorted().toList();
        assertThat(sorted.get(sorted.size() / 2)).isLessThan(MAX_MEDIAN);
    }

    private static Map<Path, Integer> lines() throws IOException {
        Path root = Files.exists(Path.of("src", "main")) ? Path.of("..") : Path.of(".");
        try (Stream<Path> core = Files.walk(root.resolve("core/src/main/java"));
                Stream<Path> files = Files.walk(root.resolve("files/src/main/java"));
                Stream<Path> metrics = Files.walk(root.resolve("metrics/src/main/java"));
                Stream<Path> cli = Files.walk(root.resolve("cli/src/main/java"))) {
            return Stream.of(core, files, metrics, cli)
                    .flatMap(all -> all)
                    .filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(file -> file, FileSizeTest::count));
        }
    }

    private static int count(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return (int) lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
