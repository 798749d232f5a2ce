package org.restream.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.testing.Docs;

/** The models of docs/models: the small ones of its README say what its table says. */
class ModelsTest {
    private static final Pattern ROW = Pattern.compile("\\| (?:`([^`]*)` )?\\| ((?:ok|violation|stuck).*) \\|");
    private static final Pattern MUTANT = Pattern.compile("\\| `([a-z]+)` \\| .* \\|");

    /** @param options of session.py */
    record Run(String options, String result) {
        @Override
        public String toString() {
            return "session.py " + options;
        }
    }

    @BeforeAll
    static void there_is_Python() {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
        assumeTrue(there, "there is no \"python3\" on the PATH");
    }

    private static List<String> lines() {
        return Docs.lines("models/README.md");
    }

    /** Those of the first of the two tables. */
    static List<Run> small() {
        List<String> lines = lines();
        return runs(
                lines.subList(lines.indexOf("A test runs these:"), lines.indexOf("These take up to a few minutes:")));
    }

    private static List<Run> runs(List<String> lines) {
        List<Run> runs = new ArrayList<>();
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                runs.add(new Run(row.group(1) == null ? "" : row.group(1), row.group(2)));
            }
        }
        return runs;
    }

    @ParameterizedTest
    @MethodSource("small")
    void the_model_says_what_the_page_says(Run run) throws Exception {
        assertThat(output(run.options())).isEqualTo(run.result());
    }

    @Test
    void each_mutant_is_found_somewhere_and_without_one_all_is_well() {
        List<String> mutants = lines().stream()
                .map(MUTANT::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1))
                .toList();
        List<Run> runs = runs(lines());
        assertThat(mutants)
                .hasSizeGreaterThan(10)
                .allSatisfy(mutant -> assertThat(runs)
                        .anyMatch(run -> run.options().matches(".*--mutant \\S*\\b" + mutant + "\\b.*")
                                && !run.result().startsWith("ok")));
        assertThat(runs)
                .filteredOn(run -> !run.options().contains("--mutant"))
                .allMatch(run -> run.result().startsWith("ok"));
        assertThat(small()).hasSizeGreaterThan(15);
    }

    private static String output(String options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "session.py"));
        command.addAll(
                Stream.of(options.split(" ")).filter(word -> !word.isEmpty()).toList());
        Process process = new ProcessBuilder(command)
                .directory(Docs.path("models").toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
            return output.strip();
        } finally {
            process.destroyForcibly();
        }
    }
}
